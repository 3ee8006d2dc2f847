// The desk: what was read is drawn, the voice marks its words, and what an editor wants is asked of the server.

import { Sheet } from "./edition.js";
import { Mending } from "./mending.js";
import { Reader } from "./reading.js";
import { ask, notify } from "./server.js";
import { Settings } from "./settings.js";

const $ = (id) => document.getElementById(id);
const KEYS = [
  ["n, p", "Next or previous doubt"],
  ["← →", "Word by word"],
  ["↑ ↓", "Paragraph by paragraph"],
  ["Space", "Hear the paragraph, or stop"],
  ["Enter", "Say the word otherwise"],
  ["s", "Show what is said"],
  ["x", "Leave the paragraph out"],
  ["c", "Hear the paragraph as it was before it was changed"],
  ["v", "Voices and pauses"],
  ["u", "Take the last change back"],
  ["b", "Build"],
  ["Esc", "Close"],
];
const LEGEND = {
  own: "your own entries and remarks",
  name: "names whose sound is known",
  number: "figures, dates, money, codes",
  short: "short forms",
  mark: "symbols and punctuation",
};

const sheet = new Sheet($("articles"), {
  opened: (word) => mending.open(word),
  moved: (word) => mending.follow(word),
  restored: (spot) => mending.readAgain(spot),
});
const reader = new Reader($("audio"), sheet);
const mending = new Mending(sheet, reader, { changed, stale: refresh });

const settings = new Settings(sheet, reader, {
  written: (told) => {
    setUndo(told.undo);
    notify(`Written into ${told.change.file}; u takes it back.`, told);
  },
});

function changed(told) {
  sheet.replace(told.article.place, told.article);
  setUndo(told.undo);
}

function setUndo(count) {
  $("undo").disabled = !count;
}

// Fetch what is not any more as it is shown.
async function refresh(marks) {
  const shown = sheet.articles.map((article) => article.mark);
  if (!marks || marks.length !== shown.length) {
    draw(await ask("edition"));
    return;
  }
  await Promise.all(marks.map(async (mark, place) => {
    if (mark !== shown[place]) sheet.replace(place, await ask(`articles/${place}`));
  }));
}

function draw(edition) {
  $("title").textContent = edition.title;
  document.title = `${edition.title} · proofing desk`;
  sheet.draw(edition);
  setUndo(edition.undo);
  say(edition.problem);
  if (innerWidth < 960) $("contents-details").open = false;
}

function say(problem) {
  const words = sheet.articles.reduce((sum, article) => sum + article.passages.length, 0);
  $("state").textContent = problem || `${sheet.articles.length} articles, ${words.toLocaleString("en")} paragraphs`;
  $("state").classList.toggle("bad", Boolean(problem));
}

async function undo() {
  const told = await ask("undo", {}).catch((error) => notify(`${error.message}. ${error.hint}`));
  if (!told) return;
  setUndo(told.undo);
  if (told.change) mending.show(told.change, "Taken back");
  if (told.change) notify(`Taken back: ${told.change.file}`, told);
  else notify("There is nothing to take back.");
}

async function build() {
  const told = await ask("build", {}).catch((error) => notify(error.message));
  if (told && !told.started) notify("A build is under way.");
}

const BUILD = {
  reading: () => "Building: reading…",
  waiting: (event) => `Building: ${event.message}`,
  speaking: (event) => `Building: ${Math.round(100 * event.share)}%`,
  failed: (event) => `The build failed: ${event.message}. ${event.hint}`,
  done: (event) => `Built: ${event.message}.`,
};

function follow() {
  const events = new EventSource("events");
  events.onmessage = async ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === "build") {
      notify(BUILD[event.state](event), { link: event.state === "done" ? event.page : null });
      $("build").disabled = event.state !== "done" && event.state !== "failed";
    } else {
      await refresh(event.marks);
      if (event.others) sheet.drawOthers(event.others);
      say(event.problem);
    }
  };
  events.onopen = async () => {
    if (sheet.articles.length) await refresh(null);
    else draw(await ask("edition"));
  };
  events.onerror = () => {
    $("state").textContent = "The desk is closed. Start it again in the terminal.";
  };
}

// --- keys and buttons ---------------------------------------------------------------------------

const ACTS = {
  n: () => sheet.step(1),
  p: () => sheet.step(-1),
  s: () => toggle(),
  u: undo,
  v: () => settings.open(),
  b: build,
  x: () => mending.leaveOut(),
  c: () => mending.hearFormer(),
  "?": () => $("keys").showModal(),
  " ": () => reader.toggle(sheet.here),
  Enter: () => mending.open(sheet.here),
  Escape: () => mending.close(),
  ArrowRight: () => sheet.moveWord(1),
  ArrowLeft: () => sheet.moveWord(-1),
  ArrowDown: () => sheet.movePassage(1),
  ArrowUp: () => sheet.movePassage(-1),
};
const IN_TEXT = new Set([" ", "Enter", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return void ACTS.Escape();
  const isTyping = event.target.closest("input, button, summary, a, pre");
  if (event.target.closest("input:not([type=radio])") || (isTyping && IN_TEXT.has(event.key))) return;
  if (IN_TEXT.has(event.key) && !event.target.closest("#articles")) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function toggle() {
  const isShown = document.body.classList.toggle("aloud");
  $("aloud").setAttribute("aria-pressed", String(isShown));
  sheet.showSaid(isShown);
}

$("aloud").addEventListener("click", toggle);
$("undo").addEventListener("click", undo);
$("voices").addEventListener("click", () => settings.open());
$("build").addEventListener("click", build);
$("next").addEventListener("click", () => sheet.step(1));
$("previous").addEventListener("click", () => sheet.step(-1));
$("help").addEventListener("click", () => $("keys").showModal());
$("keys-close").addEventListener("click", () => $("keys").close());
for (const [keys, what] of KEYS) {
  $("key-list").append(Object.assign(document.createElement("dt"), { textContent: keys }), Object.assign(document.createElement("dd"), { textContent: what }));
}
for (const [family, what] of Object.entries(LEGEND)) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("span"), { className: `said ${family}`, textContent: what }));
  $("legend").append(item);
}
$("legend").append(Object.assign(document.createElement("li"), { innerHTML: '<span class="doubt">to be looked at</span>' }));

follow();
