// The text that follows the voice. The words of a passage become elements once they are pointed at or spoken.

class Transcript {
  // What a word that is pressed does, and what it means that the reader goes another way than the voice.
  constructor(root, { play, leave }) {
    this.root = root;
    this.play = play;
    this.leave = leave;
    this.passages = [...root.querySelectorAll("[data-words]")];
    this.starts = this.passages.map((passage) => Number(passage.dataset.start));
    this.parted = new Map();
    this.now = null;
    this.latest = null; // stays through a pause
    this.stop = null;
    this.isFollowing = true;
    this.isGliding = false;
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)");
    addEventListener("scrollend", () => {
      this.isGliding = false;
    });
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("keydown", (event) => this.pressed(event));
    root.addEventListener("pointerover", (event) => {
      const passage = event.target.closest("[data-words]");
      if (passage) this.part(passage);
    });
    if (this.passages.length) this.moveStop(this.part(this.passages[0])[0]);
  }

  // The words of a passage, in order, as elements with their times in ms.
  part(passage) {
    const known = this.parted.get(passage);
    if (known) return known;
    const offsets = passage.dataset.words.split(" ");
    const pieces = passage.textContent.split(" ");
    const words = [];
    offsets.forEach((offset, place) => {
      if (offset === "-") {
        words.at(-1).textContent += ` ${pieces[place]}`;
        return;
      }
      const word = document.createElement("span");
      word.textContent = pieces[place];
      word.startMs = Number(passage.dataset.start) + Number(offset);
      words.push(word);
    });
    passage.replaceChildren(...words.flatMap((word, place) => (place ? [" ", word] : [word])));
    this.parted.set(passage, words);
    return words;
  }

  // Mark the word that is spoken; in a pause between passages, none. While it plays, the text goes along.
  show(seconds, isPlaying) {
    const ms = Math.round(seconds * 1000);
    const passage = this.passages[lastUpTo(this.starts, ms)];
    const isHeard = passage && ms < Number(passage.dataset.end);
    const words = isHeard ? this.part(passage) : [];
    const word = words[lastUpTo(words.map((one) => one.startMs), ms)] ?? null;
    this.latest = word ?? passage ?? null;
    if (word === this.now) return;
    this.now?.classList.remove("now");
    this.now = word;
    if (!word) return;
    word.classList.add("now");
    if (!this.root.contains(document.activeElement)) this.moveStop(word);
    if (this.isFollowing && isPlaying) this.scroll();
  }

  // Keep the spoken word between a fifth and three fifths of what is seen.
  scroll() {
    if (!this.latest) return;
    const { top, bottom } = this.latest.getBoundingClientRect();
    if (top > innerHeight * 0.16 && bottom < innerHeight * 0.62) return;
    const isFar = Math.abs(top - innerHeight / 3) > 1.5 * innerHeight;
    const behavior = isFar || this.stillness.matches ? "instant" : "smooth";
    scrollTo({ top: scrollY + top - innerHeight / 3, behavior });
    this.isGliding = behavior === "smooth";
    if (!isFar) return;
    // What was never drawn has a height that is only guessed: look again once it is drawn.
    requestAnimationFrame(() => {
      const seen = this.latest.getBoundingClientRect().top;
      if (this.isFollowing) scrollBy({ top: seen - innerHeight / 3, behavior: "instant" });
    });
  }

  // Under way, a smooth movement would swallow the reader's own.
  follow(isFollowing) {
    this.isFollowing = isFollowing;
    if (isFollowing) this.scroll();
    else if (this.isGliding) scrollTo({ top: scrollY, behavior: "instant" });
    this.isGliding = this.isGliding && isFollowing;
  }

  clicked(event) {
    const passage = event.target.closest("[data-words]");
    if (!passage || !getSelection().isCollapsed) return;
    const words = this.part(passage);
    const word = words.find((one) => one === event.target) ?? nearest(words, event.clientX, event.clientY);
    this.moveStop(word);
    this.play(word.startMs / 1000);
  }

  // One word is a stop for Tab; from there the arrows go on.
  pressed(event) {
    if (event.target !== this.stop || event.ctrlKey || event.metaKey || event.altKey) return;
    const passage = this.stop.parentElement;
    const words = this.part(passage);
    const place = words.indexOf(this.stop);
    const [before, after] = [-1, 1].map((step) => this.passages[this.passages.indexOf(passage) + step]);
    const moves = {
      ArrowRight: () => words[place + 1] ?? (after && this.part(after)[0]),
      ArrowLeft: () => words[place - 1] ?? (before && this.part(before).at(-1)),
      ArrowDown: () => after && this.part(after)[0],
      ArrowUp: () => before && this.part(before)[0],
    };
    if (event.key === "Enter" || event.key === " ") {
      this.play(this.stop.startMs / 1000);
    } else if (moves[event.key]) {
      this.leave();
      this.moveStop(moves[event.key]() ?? this.stop);
      this.stop.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  moveStop(word) {
    for (const name of ["tabindex", "role", "aria-describedby"]) this.stop?.removeAttribute(name);
    this.stop = word;
    word.tabIndex = 0;
    word.setAttribute("role", "button");
    word.setAttribute("aria-describedby", "transcript-hint");
  }
}

// The place of the last of rising numbers that is not above a limit, or -1.
function lastUpTo(numbers, limit) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function nearest(words, x, y) {
  const distance = (word) => Math.min(...[...word.getClientRects()].map(({ left, right, top, bottom }) => (
    Math.max(left - x, 0, x - right) + 100 * Math.max(top - y, 0, y - bottom))));
  return words.reduce((best, word) => (distance(word) < distance(best) ? word : best));
}
