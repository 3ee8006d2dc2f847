// Finding words in the transcript: as they are typed, with Enter to the next place and Shift and Enter back.

class Search {
  // What it means that the reader goes another way than the voice.
  constructor(transcript, leave) {
    this.transcript = transcript;
    this.leave = leave;
    this.field = byId("query");
    this.places = [];
    this.place = -1;
    this.texts = transcript.passages.map((passage) => fold(passage.textContent));
    byId("find").hidden = transcript.passages.length === 0;
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
  }

  open() {
    this.field.scrollIntoView({ block: "center" });
    this.field.focus();
    this.field.select();
  }

  find() {
    const wanted = fold(this.field.value.trim());
    this.places = [];
    if (wanted.length > 1) {
      this.texts.forEach((text, number) => {
        for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
          this.places.push({ passage: this.transcript.passages[number], start: at, end: at + wanted.length });
        }
      });
    }
    this.place = -1;
    this.mark();
    this.tell(wanted.length > 1);
  }

  pressed(event) {
    if (event.key === "Escape") this.field.blur();
    if (event.key !== "Enter" || !this.places.length) return;
    event.preventDefault();
    const { length } = this.places;
    this.place = event.shiftKey ? (Math.max(this.place, 0) + length - 1) % length : (this.place + 1) % length;
    this.leave();
    this.mark();
    this.places[this.place].passage.scrollIntoView({ block: "center" });
    this.tell(true);
  }

  // Drawn by the browser over the words, so that these stay as they are; one that cannot still goes from place to place.
  mark() {
    if (!("highlights" in CSS)) return;
    const drawn = (places) => new Highlight(...places.map(rangeOf));
    CSS.highlights.set("found", drawn(this.places));
    CSS.highlights.set("found-here", drawn(this.place < 0 ? [] : [this.places[this.place]]));
  }

  tell(isAsked) {
    const { length } = this.places;
    const where = this.place < 0 ? "" : `${this.place + 1} of `;
    byId("hits").textContent = !isAsked ? "" : length ? `${where}${length} found` : "not found";
  }
}

// Small letters, with nothing that changes how many there are.
function fold(text) {
  return [...text].map((one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join("");
}

// A stretch of a passage's text, whose words may be elements already.
function rangeOf({ passage, start, end }) {
  const range = document.createRange();
  const walk = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const behind = before + node.length;
    if (start >= before && start < behind) range.setStart(node, start - before);
    if (end > before && end <= behind) {
      range.setEnd(node, end - before);
      break;
    }
    before = behind;
  }
  return range;
}
