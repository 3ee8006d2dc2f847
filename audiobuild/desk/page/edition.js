// The articles on the desk. Each is drawn when it comes near; its words are text, and where one stands is an offset.

const FAMILIES = [
  ["own", /^(?:lexicon|override)/],
  ["name", /^name/],
  ["short", /^(?:abbreviation|initialism|initials|definition|capitals|party)/],
  ["mark", /^(?:symbol|character|punctuation|quotation|web|foreign|pause|clause|aside|case)/],
];
const LEFT_OUT_CHARS = 200;
const SILENT = new Set(["full stop", "case.line"]);

export function family(rule) {
  return FAMILIES.find(([, rules]) => rules.test(rule))?.[0] ?? "number";
}

export class Sheet {
  // What is told when a word is opened, when another one is chosen, and when a paragraph is to be read again.
  constructor(root, { opened, moved, restored }) {
    this.root = root;
    Object.assign(this, { opened, moved, restored });
    this.articles = [];
    this.here = null; // { article, passage, start, end }
    this.kind = "";
    this.isSaidShown = false;
    this.marks = { here: new Highlight(), now: new Highlight() };
    for (const [name, highlight] of Object.entries(this.marks)) CSS.highlights.set(name, highlight);
    this.near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.fill(Number(target.dataset.place));
    }, { rootMargin: "1200px" });
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("focusin", (event) => this.focused(event));
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw(edition) {
    this.near.disconnect();
    this.here = null;
    this.articles = edition.articles.map((article, place) => ({ ...article, place }));
    this.boxes = this.articles.map((article) => this.box(article));
    this.root.replaceChildren(...this.boxes);
    this.drawContents();
    this.count();
    this.drawOthers(edition.others);
    for (const box of this.boxes) this.near.observe(box);
    this.fill(0);
    this.root.querySelector(".passage")?.setAttribute("tabindex", "0");
  }

  box(article) {
    const box = element("article", "");
    box.dataset.place = article.place;
    box.id = `article-${article.place}`;
    const chars = article.passages.reduce((sum, { text }) => sum + text.length, 0);
    box.style.containIntrinsicSize = `auto ${Math.round(chars / 2.4) + 60 * article.passages.length}px`;
    return box;
  }

  fill(place) {
    const box = this.boxes[place];
    if (box.firstChild) return;
    this.near.unobserve(box);
    const article = this.articles[place];
    if (article.section && article.section !== this.articles[place - 1]?.section) {
      box.append(element("p", "department", article.section));
    }
    box.append(...article.passages.map((passage, number) => this.passage(passage, number, article)));
  }

  passage(passage, number, article) {
    const isTitle = passage.role === "headline";
    const line = element(isTitle ? "h2" : "p", `passage ${passage.role.replace(" ", "-")}`);
    line.dataset.number = number;
    line.dir = "auto";
    if (passage.skipped !== undefined) {
      line.classList.add("skipped");
      line.append(element("span", "left-out", shortened(passage.text)), element("span", "reason", ` ${passage.skipped}`));
      if (passage.own) line.append(againButton());
      return line;
    }
    if (passage.language) line.lang = passage.language;
    line.tabIndex = -1;
    line.append(...pieces(passage));
    if (!this.isSaidShown) return line;
    line.append(element("span", "aloud", spokenOf(passage)));
    return line;
  }

  replace(place, article) {
    const box = this.boxes[place];
    const isFilled = Boolean(box.firstChild);
    const hadFocus = box.contains(document.activeElement);
    this.articles[place] = { ...article, place };
    if (isFilled) {
      box.replaceChildren();
      this.fill(place);
      if (this.here?.article === place) this.choose({ ...this.here }, { isFocused: hadFocus });
    }
    this.drawContents();
    this.count();
  }

  showSaid(isShown) {
    this.isSaidShown = isShown;
    const here = this.here;
    for (const box of this.boxes) {
      if (!box.firstChild) continue;
      box.replaceChildren();
      this.fill(Number(box.dataset.place));
    }
    if (here) this.choose(here, { isFocused: true });
  }

  drawContents() {
    document.getElementById("contents").replaceChildren(...this.articles.map((article) => {
      const item = element("li", "");
      const link = element("a", "", article.title);
      link.href = `#article-${article.place}`;
      const count = this.doubtsIn(article).length;
      item.append(link);
      if (count) item.append(element("span", "count", String(count)));
      return item;
    }));
  }

  drawOthers(others) {
    const box = document.getElementById("others");
    box.replaceChildren();
    if (!others?.length) return;
    const list = element("ul", "");
    list.append(...others.map(([kind, written, place]) => element("li", "", `${place}: ${kind}${written ? ` (${written})` : ""}`)));
    const details = element("details", "others");
    details.append(element("summary", "", `${others.length} more to look at, outside the text`), list);
    box.append(details);
  }

  // --- doubts -------------------------------------------------------------------------------------

  doubtsIn(article) {
    return article.passages.flatMap((passage, number) => (passage.doubts ?? [])
      .filter(([, , , kind]) => !this.kind || kind === this.kind)
      .map(([start, end]) => ({ article: article.place, passage: number, start, end })));
  }

  count() {
    const kinds = new Map();
    for (const article of this.articles) {
      for (const { doubts = [] } of article.passages) for (const [, , , kind] of doubts) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    if (this.kind && !kinds.has(this.kind)) this.kind = "";
    const whole = [...kinds.values()].reduce((sum, count) => sum + count, 0);
    const rows = [["", whole], ...[...kinds].sort((one, other) => other[1] - one[1])];
    document.getElementById("kinds").replaceChildren(...rows.map(([kind, count]) => {
      const item = element("li", "");
      const button = element("button", "kind", kind || "all doubts");
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === this.kind));
      button.append(" ", element("span", "count", String(count)));
      button.addEventListener("click", () => {
        this.kind = kind;
        this.count();
        this.drawContents();
        document.querySelector("#kinds [aria-pressed=true]").focus();
      });
      item.append(button);
      return item;
    }));
    this.doubts = this.articles.flatMap((article) => this.doubtsIn(article));
    this.showPlace();
  }

  showPlace() {
    const place = this.here ? this.doubts.findIndex((doubt) => compare(doubt, this.here) === 0) : -1;
    document.getElementById("place").textContent = this.doubts.length ? `${place < 0 ? "–" : place + 1} of ${this.doubts.length}` : "none";
  }

  step(way) {
    if (!this.doubts.length) return;
    const here = this.here ?? { article: 0, passage: -1, start: 0 };
    const ahead = way > 0 ? this.doubts.find((doubt) => compare(doubt, here) > 0) : this.doubts.findLast((doubt) => compare(doubt, here) < 0);
    this.choose(ahead ?? this.doubts.at(way > 0 ? 0 : -1), { isFocused: true });
  }

  // --- where one is -------------------------------------------------------------------------------

  line(spot) {
    this.fill(spot.article);
    return this.boxes[spot.article].querySelector(`[data-number="${spot.passage}"]`);
  }

  text(spot) {
    return this.articles[spot.article]?.passages[spot.passage];
  }

  choose(spot, { isFocused = false } = {}) {
    const passage = this.text(spot);
    if (!passage || passage.skipped !== undefined) return;
    this.here = { ...spot, end: Math.min(spot.end, passage.text.length) };
    const line = this.line(spot);
    this.root.querySelector(".passage[tabindex='0']")?.setAttribute("tabindex", "-1");
    line.tabIndex = 0;
    this.mark("here", spot, spot.start, spot.end);
    if (isFocused) {
      this.isChoosing = true;
      line.focus({ preventScroll: true });
      this.isChoosing = false;
      this.reveal(line, spot);
    }
    this.showPlace();
    this.moved(this.here);
  }

  show(spot) {
    this.reveal(this.line(spot), spot);
  }

  // Bring a word between the head of the page and what covers its foot.
  reveal(line, spot) {
    const range = rangeIn(line, this.text(spot).text, spot.start, spot.end);
    const panel = document.getElementById("mend");
    const foot = () => (getComputedStyle(panel).position === "fixed" && !panel.hidden ? panel.getBoundingClientRect().top : innerHeight);
    const head = () => document.querySelector(".top").getBoundingClientRect().bottom;
    const away = () => {
      const { top, bottom } = range.getBoundingClientRect();
      const [least, most] = [head() + 20, foot() - 20];
      return top > least && bottom < most ? 0 : top - (least + (most - least) / 3);
    };
    // What was never drawn has a height that is only guessed: look again once it is drawn.
    for (let turn = 0; turn < 3 && away(); turn++) scrollBy({ top: away(), behavior: "instant" });
    requestAnimationFrame(() => away() && scrollBy({ top: away(), behavior: "instant" }));
  }

  mark(name, spot, start, end) {
    this.marks[name].clear();
    const line = spot && this.line(spot);
    if (line) this.marks[name].add(rangeIn(line, this.text(spot).text, start, end));
  }

  moveWord(way) {
    const here = this.here ?? this.first();
    const words = wordsOf(this.text(here).text);
    const at = words.findIndex(([, end]) => end > here.start);
    const next = words[(at < 0 ? words.length : at) + way];
    if (next) this.choose({ ...here, start: next[0], end: next[1] }, { isFocused: true });
    else this.movePassage(way, way < 0);
  }

  movePassage(way, isLast = false) {
    let { article, passage } = this.here ?? { article: 0, passage: -1 };
    do {
      passage += way;
      if (passage < 0) passage = (this.articles[--article]?.passages.length ?? 0) - 1;
      else if (passage >= this.articles[article].passages.length) [article, passage] = [article + 1, 0];
      if (!this.articles[article]) return;
    } while (this.articles[article].passages[passage].skipped !== undefined);
    const [start, end] = wordsOf(this.articles[article].passages[passage].text).at(isLast ? -1 : 0) ?? [0, 0];
    this.choose({ article, passage, start, end }, { isFocused: true });
  }

  first() {
    const passage = this.articles[0].passages.findIndex(({ skipped }) => skipped === undefined);
    const [start, end] = wordsOf(this.articles[0].passages[passage].text)[0] ?? [0, 0];
    return { article: 0, passage, start, end };
  }

  // What a voice is tried with where nothing was chosen: a paragraph rather than a headline.
  firstParagraph() {
    for (const { place, passages } of this.articles) {
      const passage = passages.findIndex(({ role, language }) => role === "paragraph" && !language);
      if (passage >= 0) return { article: place, passage, start: 0, end: 0 };
    }
    return this.first();
  }

  spotAt(line, offset) {
    const spot = { article: Number(line.closest("article").dataset.place), passage: Number(line.dataset.number) };
    const { text, said = [], doubts = [] } = this.text(spot);
    const held = [...doubts, ...said].find(([start, end]) => start <= offset && offset < end && end > start);
    const words = wordsOf(text);
    const word = held ?? words.find(([, end]) => end > offset) ?? words.at(-1) ?? [0, 0];
    return { ...spot, start: word[0], end: word[1] };
  }

  clicked(event) {
    const again = event.target.closest(".again");
    if (again) return this.restored(this.spotAt(again.closest(".passage"), 0));
    const line = event.target.closest(".passage:not(.skipped)");
    if (!line || !getSelection().isCollapsed || event.target.closest(".aloud")) return;
    const caret = caretAt(event.clientX, event.clientY);
    const spot = this.spotAt(line, caret && line.contains(caret.node) ? offsetIn(line, caret.node, caret.offset) : 0);
    this.choose(spot, { isFocused: true });
    this.opened(this.here);
  }

  focused(event) {
    const line = event.target.closest(".passage");
    if (line && !this.isChoosing && !(this.here && this.line(this.here) === line)) this.choose(this.spotAt(line, 0));
  }
}

// --- text and offsets: the server counts characters, a script halves of them ------------------------

const isWide = (text) => /[\ud800-\udbff]/.test(text);

export function cut(text, start, end) {
  return isWide(text) ? [...text].slice(start, end).join("") : text.slice(start, end);
}

function units(text, offset) {
  return isWide(text) ? [...text].slice(0, offset).join("").length : offset;
}

function wordsOf(text) {
  const found = [...text.matchAll(/\S+/g)].map((match) => {
    const word = match[0].replace(/^["'“‘([—–-]+|[,;:!?)\]"'”’.—–-]+$/g, "") || match[0];
    const start = match.index + match[0].indexOf(word);
    return [start, start + word.length];
  });
  if (!isWide(text)) return found;
  return found.map((bounds) => bounds.map((offset) => [...text.slice(0, offset)].length));
}

// Every token with its bounds, as the server parts them for their times.
export function tokensOf(text) {
  const count = (offset) => (isWide(text) ? [...text.slice(0, offset)].length : offset);
  return [...text.matchAll(/\S+/g)].map((match) => [count(match.index), count(match.index + match[0].length)]);
}

function pieces(passage) {
  const { text } = passage;
  const doubts = passage.doubts ?? [];
  const said = (passage.said ?? []).filter(([start, end, , rule]) => end > start && !SILENT.has(rule));
  const sounds = (passage.sounds ?? []).map(([start, end, ipa, origin]) => [start, end, `/${ipa}/`, origin]);
  const bounds = [...new Set([0, ...[...said, ...doubts, ...sounds].flatMap(([start, end]) => [start, end]), [...text].length])].sort((one, other) => one - other);
  return bounds.slice(0, -1).map((start, place) => {
    const end = bounds[place + 1];
    const words = cut(text, start, end);
    const holds = ([from, to]) => from <= start && end <= to;
    const doubt = doubts.find(holds);
    const change = said.find(holds) ?? sounds.find(holds);
    if (!doubt && !change) return words;
    const rule = change ? (sounds.includes(change) ? "name" : family(change[3])) : "";
    const span = element("span", [change ? `said ${rule}` : "", doubt ? "doubt" : ""].join(" ").trim(), words);
    const spoken = (change?.[2] ?? doubt?.[2]) || "nothing is said";
    span.title = [...new Set([doubt?.[3], spoken, doubt?.[2], change?.[3]])].filter(Boolean).join(" · ");
    return span;
  });
}

export function spokenOf({ text, said = [] }) {
  let [spoken, done] = ["", 0];
  for (const [start, end, words] of said) {
    spoken += cut(text, done, start) + words;
    done = end;
  }
  return spoken + cut(text, done);
}

// Text that is left out is shown up to a word's end.
function shortened(text) {
  return text.length <= LEFT_OUT_CHARS ? text : `${text.slice(0, LEFT_OUT_CHARS).replace(/\s+\S*$/, "")} …`;
}

function againButton() {
  const button = element("button", "again", "Read it again");
  button.type = "button";
  return button;
}

function rangeIn(line, text, start, end) {
  const [from, to] = [units(text, start), units(text, end)];
  const range = new Range();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let seen = 0;
  let isBegun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!isBegun && from < seen + length) {
      range.setStart(node, from - seen);
      isBegun = true;
    }
    if (isBegun && to <= seen + length) {
      range.setEnd(node, to - seen);
      break;
    }
    seen += length;
  }
  return range;
}

function offsetIn(line, node, offset) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let seen = "";
  for (let each = walker.nextNode(); each && each !== node; each = walker.nextNode()) seen += each.data;
  return [...(seen + node.data.slice(0, offset))].length;
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

function compare(one, other) {
  return one.article - other.article || one.passage - other.passage || one.start - other.start;
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
