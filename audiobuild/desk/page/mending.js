// The panel beside the text: what is said of a word, and how it is to be said.

import { ask, notify } from "./server.js";
import { cut, element, family, spokenOf } from "./edition.js";

const NOT_HEARD = "not heard"; // a kind of doubt that says what was heard
const $ = (id) => document.getElementById(id);

export class Mending {
  constructor(sheet, reader, { changed, stale }) {
    this.sheet = sheet;
    this.reader = reader;
    this.changed = changed;
    this.stale = stale;
    this.spot = null;
    $("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
    });
    $("close").addEventListener("click", () => this.close());
    $("try").addEventListener("click", () => this.rehearse());
    $("hear").addEventListener("click", () => this.reader.toggle(this.spot));
    $("unsay").addEventListener("click", () => this.unsay());
    $("skip").addEventListener("click", () => this.leaveOut());
    $("set-pause").addEventListener("click", () => this.pause());
    $("curve").addEventListener("click", () => this.drawLoudness());
    $("before").addEventListener("click", () => this.hearFormer());
  }

  open(spot) {
    if (!spot) return;
    $("mend").hidden = false;
    document.body.classList.add("mending");
    $("change").hidden = true;
    this.fill(spot);
    $("spoken").focus();
    $("spoken").select();
    this.sheet.show(spot);
  }

  // Another word was chosen while the panel is open.
  follow(spot) {
    if (!$("mend").hidden && !(this.spot && isSame(spot, this.spot))) this.fill(spot);
  }

  fill(spot) {
    const passage = this.sheet.text(spot);
    const written = cut(passage.text, spot.start, spot.end);
    const about = ({ 0: start, 1: end }) => start < spot.end && spot.start < Math.max(end, start + 1);
    const changes = (passage.said ?? []).filter((each) => about(each) && each[1] > each[0]);
    const sound = (passage.sounds ?? []).find(about);
    const doubt = (passage.doubts ?? []).find(about);
    const said = spokenOf({ text: written, said: changes.map(([start, end, ...rest]) => [Math.max(0, start - spot.start), end - spot.start, ...rest]) });
    const ipa = sound?.[2] ?? (/^\/.*\/$/.test(doubt?.[2] ?? "") ? doubt[2].slice(1, -1) : "");
    this.spot = spot;
    $("pause").value = ((passage.pause ?? 0) / 1000).toFixed(1);
    $("loudness").hidden = true;
    const isWord = /^\p{L}[\p{L}\p{M}’'-]{2,}$/u.test(written);
    document.querySelector(`[name=scope][value=${isWord ? "show" : "place"}]`).checked = true;
    $("written").textContent = written;
    $("said").textContent = [said.trim() || "nothing", ipa ? `/${ipa}/` : ""].filter(Boolean).join("  ");
    $("why").replaceChildren(...[doubt?.[3], doubt?.[3] === NOT_HEARD ? doubt[2] : "", ...changes.map((each) => each[3]), sound?.[3]].filter(Boolean).map((each) => element("span", "why", each)));
    if (!$("why").firstChild) $("why").textContent = "as written";
    $("voice").textContent = passage.voice ?? "";
    $("spoken").value = said.trim();
    $("ipa").value = "";
    $("ipa").placeholder = ipa;
    $("fault").textContent = "";
    $("unsay").hidden = !changes.some((each) => family(each[3]) === "own");
    const count = this.times(written);
    $("count").textContent = count > 1 ? `, ${count} places` : "";
    $("mend").dataset.place = `${this.sheet.articles[spot.article].source}:${passage.line}`;
  }

  times(written) {
    const texts = this.sheet.articles.flatMap(({ passages }) => passages.map(({ text }) => text));
    return texts.reduce((sum, text) => sum + text.split(written).length - 1, 0);
  }

  asked() {
    const { article, passage, start, end } = this.spot;
    const isNew = $("spoken").value !== "" && $("spoken").value.trim() !== $("said").textContent.split("  ")[0];
    return {
      article, passage, start, end, digest: this.sheet.articles[article].digest, ipa: $("ipa").value,
      spoken: $("ipa").value && !isNew ? "" : $("spoken").value,
      scope: document.querySelector("[name=scope]:checked").value,
    };
  }

  async rehearse() {
    const heard = await this.attempt("try", this.asked());
    if (heard) await this.reader.play(heard, this.spot);
  }

  async keep() {
    const spot = this.spot;
    const told = await this.attempt("mend", this.asked());
    if (!told) return;
    this.done(told, spot, "Written");
    this.fill(spot);
    await this.reader.hear(spot);
  }

  // What says the word otherwise is taken out, and the paragraph heard as the rules have it.
  async unsay() {
    const { article, passage, start, end } = this.spot;
    const spot = this.spot;
    const told = await this.attempt("unsay", { article, passage, start, end, digest: this.sheet.articles[article].digest });
    if (!told) return;
    this.done(told, spot, "Taken out");
    this.fill(spot);
    $("spoken").focus();
    await this.reader.hear(spot);
  }

  // The paragraph as it was before it was changed last, by whomever, to be compared by ear.
  async hearFormer() {
    const spot = this.spot ?? this.sheet.here;
    if (!spot) return;
    const { digest } = this.sheet.articles[spot.article];
    const heard = await this.attempt("former", { article: spot.article, passage: spot.passage, digest });
    if (!heard) return;
    notify(`As it was: ${heard.spoken}`);
    await this.reader.play(heard, spot);
  }

  async leaveOut() {
    const spot = this.spot ?? this.sheet.here;
    if (!spot) return;
    const { digest } = this.sheet.articles[spot.article];
    const told = await this.attempt("skip", { article: spot.article, passage: spot.passage, digest });
    if (!told) return;
    this.reader.stop();
    if (this.spot) this.done(told, spot, "Left out");
    else {
      told.article.place = spot.article;
      this.changed(told);
    }
    notify(`Left out: ${told.change.file}. u takes it back.`, told);
  }

  // A paragraph that was left out at some time is read again.
  async readAgain(spot) {
    const { article, passage } = spot;
    const told = await this.attempt("again", { article, passage, digest: this.sheet.articles[article].digest });
    if (!told) return;
    told.article.place = article;
    this.changed(told);
    const line = this.sheet.line({ article, passage });
    if (line) this.sheet.choose(this.sheet.spotAt(line, 0), { isFocused: true });
    notify(`Read again: ${told.change.file}. u takes it back.`, told);
  }

  async pause() {
    const spot = this.spot;
    const { digest } = this.sheet.articles[spot.article];
    const told = await this.attempt("pause", { article: spot.article, passage: spot.passage, digest, seconds: $("pause").value });
    if (told) this.done(told, spot, "Written");
  }

  // The loudness of what was heard or built of the article, with the paragraph that is looked at.
  async drawLoudness() {
    const { article, passage } = this.spot;
    const { parts, whole, target } = await ask(`loudness/${article}`);
    const said = this.sheet.articles[article].passages.filter(({ skipped }) => skipped === undefined).length;
    $("loudness").hidden = false;
    $("level").textContent = parts.length
      ? `${whole} LUFS where ${target} is the aim; ${parts.length} of ${said} paragraphs have been spoken.`
      : "Nothing of the article has been spoken yet: hear it, or build.";
    const svg = $("loudness").querySelector("svg");
    const wholeMs = parts.reduce((sum, [, ms]) => sum + ms, 0) || 1;
    const y = (level) => Math.round(10 * Math.min(118, Math.max(2, -2.4 * (level + 2)))) / 10;
    const drawn = [];
    let fromMs = 0;
    for (const [number, ms, levels] of parts) {
      const [left, width] = [(600 * fromMs) / wholeMs, (600 * ms) / wholeMs];
      if (number === passage) drawn.push(shape("rect", { class: "here", x: left, y: 0, width, height: 120 }));
      const points = levels.map((level, place) => `${(left + (width * place) / Math.max(1, levels.length)).toFixed(1)},${y(level)}`);
      drawn.push(shape("polyline", { class: "level", points: points.join(" ") }));
      fromMs += ms;
    }
    $("loudness").scrollIntoView({ block: "nearest" });
    svg.replaceChildren(...drawn, shape("line", { class: "target", x1: 0, x2: 600, y1: y(target), y2: y(target) }));
  }

  done(told, spot, what) {
    told.article.place = spot.article;
    this.changed(told);
    this.show(told.change, what);
  }

  // The lines that went and came, in the panel if it is open.
  show(change, what) {
    $("change").hidden = false;
    $("change-heading").textContent = what;
    $("file").textContent = change.file;
    $("lines").replaceChildren(...change.lines.map((line) => element("span", line[0] === "+" ? "come" : "gone", `${line}\n`)));
  }

  async attempt(path, body) {
    $("fault").textContent = "";
    try {
      return await ask(path, body);
    } catch (error) {
      $("fault").textContent = [`${error.message}.`, error.hint].filter(Boolean).join(" ");
      if ($("mend").hidden) notify($("fault").textContent);
      if (error.isStale) await this.stale(null);
      return null;
    }
  }

  close() {
    if ($("mend").hidden) return;
    $("mend").hidden = true;
    document.body.classList.remove("mending");
    this.spot = null;
    if (this.sheet.here) this.sheet.choose(this.sheet.here, { isFocused: true });
  }
}

function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function isSame(one, other) {
  return one.article === other.article && one.passage === other.passage && one.start === other.start && one.end === other.end;
}
