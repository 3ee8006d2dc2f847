// The voice: one passage at a time, with the word that is spoken marked.

import { ask, notify } from "./server.js";
import { tokensOf } from "./edition.js";

export class Reader {
  constructor(audio, sheet) {
    this.audio = audio;
    this.sheet = sheet;
    this.spot = null;
    this.beside = new Beside(this, sheet);
    audio.addEventListener("ended", () => this.stop());
    audio.addEventListener("error", () => audio.src && notify("The sound cannot be played."));
  }

  async toggle(spot) {
    if (!this.audio.paused) return this.stop();
    if (spot) await this.hear(spot);
  }

  // Have the server speak a passage as it is, then play it.
  async hear(spot) {
    const { digest } = this.sheet.articles[spot.article];
    const heard = await ask("hear", { article: spot.article, passage: spot.passage, digest }).catch((error) => {
      notify(`${error.message}. ${error.hint ?? ""}`);
    });
    if (heard) await this.play(heard, spot);
    return heard;
  }

  async play(heard, spot) {
    this.stop();
    this.spot = spot;
    const { text } = this.sheet.text(spot) ?? {};
    const tokens = heard.written === text ? tokensOf(text) : []; // of other words than are shown none is marked
    let place = 0;
    this.words = heard.words.map(([startMs, count]) => {
      const [first, last] = [tokens[place], tokens[Math.min(place + count, tokens.length) - 1]];
      place += count;
      return first && last && { startMs, start: first[0], end: last[1] };
    }).filter(Boolean);
    this.audio.src = heard.sound;
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name !== "AbortError") notify("The browser does not play yet: press once more.");
      return;
    }
    document.body.classList.add("speaking");
    this.beside.show();
    this.follow();
  }

  follow() {
    if (this.audio.paused || !this.spot) return;
    const ms = this.audio.currentTime * 1000;
    const word = this.words.findLast(({ startMs }) => startMs <= ms);
    if (word !== this.word) {
      this.word = word;
      if (word) this.sheet.mark("now", this.spot, word.start, word.end);
    }
    requestAnimationFrame(() => this.follow());
  }

  stop() {
    this.audio.pause();
    this.word = null;
    this.spot = null;
    this.sheet.mark("now", null);
    document.body.classList.remove("speaking");
    this.beside.show();
  }
}

// The button beside the paragraph that the mouse is over, which has it heard.
class Beside {
  constructor(reader, sheet) {
    this.reader = reader;
    this.sheet = sheet;
    this.button = document.getElementById("beside");
    this.spot = null;
    sheet.root.addEventListener("pointerover", ({ target }) => {
      const line = target.closest(".passage:not(.skipped)");
      if (line) this.stand(line);
    });
    this.button.addEventListener("click", async () => {
      const [spot, isPlaying] = [this.spot, this.isPlaying()];
      reader.stop();
      if (isPlaying) return;
      sheet.choose(spot, { isFocused: true });
      await reader.hear(spot);
    });
  }

  stand(line) {
    this.spot = this.sheet.spotAt(line, 0);
    this.button.hidden = false;
    this.button.style.top = `${line.getBoundingClientRect().top - this.sheet.root.parentElement.getBoundingClientRect().top + 6}px`;
    this.show();
  }

  isPlaying() {
    const now = this.reader.spot;
    return Boolean(now && this.spot && now.article === this.spot.article && now.passage === this.spot.passage);
  }

  show() {
    this.button.classList.toggle("on", this.isPlaying());
  }
}
