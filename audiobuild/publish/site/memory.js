// What the reader has chosen, kept in this browser; and the colours, which are set before anything is drawn.

const memory = {
  // A browser may forbid it all, in which case nothing is remembered.
  get(name) {
    try {
      return localStorage.getItem(`audiobuild:${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`audiobuild:${name}`, value);
    } catch {
      return;
    }
  },
};

const byId = (id) => document.getElementById(id);
const isServed = location.protocol.startsWith("http");

const theme = {
  get isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  },
  start() {
    const chosen = memory.get("theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  },
  toggle() {
    const chosen = theme.isDark ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    memory.set("theme", chosen);
    theme.show();
  },
  show() {
    byId("theme").setAttribute("aria-pressed", String(theme.isDark));
  },
  offer() {
    byId("theme").hidden = false;
    byId("theme").addEventListener("click", theme.toggle);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme.show);
    theme.show();
  },
};

// The size of the transcript, by steps of what the page has by itself.
const textSize = {
  steps: [0.85, 1, 1.15, 1.35, 1.6, 2],
  place: 1,
  set(place) {
    textSize.place = Math.min(textSize.steps.length - 1, Math.max(0, place));
    document.documentElement.style.setProperty("--text", String(textSize.steps[textSize.place]));
  },
  change(step) {
    textSize.set(textSize.place + step);
    memory.set("text", String(textSize.place));
  },
  offer() {
    textSize.set(Number(memory.get("text") ?? 1));
    byId("sizes").hidden = false;
    byId("smaller").addEventListener("click", () => textSize.change(-1));
    byId("larger").addEventListener("click", () => textSize.change(1));
  },
};

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function inWords(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [[Math.floor(whole / 3600), "hour"], [Math.floor(whole / 60) % 60, "minute"], [whole % 60, "second"]];
  const told = parts.filter(([number], place) => number || (place === 2 && whole === 0));
  return told.map(([number, unit]) => `${number} ${unit}${number === 1 ? "" : "s"}`).join(" ");
}

function timeLeft(duration, place) {
  const minutes = Math.ceil((duration / 1000 - Number(place)) / 60);
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} hr`, (minutes % 60 || !hours) && `${minutes % 60} min`].filter(Boolean).join(" ");
}

// The list of episodes: how far each has been heard, and the one to go on with.
function showWhatWasHeard() {
  for (const item of document.querySelectorAll(".episodes li")) {
    const { guid, duration } = item.dataset;
    const place = memory.get(`place:${guid}`);
    if (place === null) continue;
    item.querySelector(".heard").textContent = place === "end" ? " · heard" : ` · ${timeLeft(duration, place)} left`;
    if (place !== "end" && memory.get("last") === guid) offerResuming(item, timeLeft(duration, place));
  }
}

function offerResuming(item, left) {
  const start = item.querySelector(".start");
  if (!start) return;
  byId("resume-link").href = start.getAttribute("href");
  byId("resume-link").querySelector("span").textContent = item.querySelector("h3").textContent;
  byId("resume-left").textContent = `${left} left`;
  byId("resume").hidden = false;
}
