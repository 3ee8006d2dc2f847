// Voices by role and department, and the pauses of the show, as show.toml has them.

import { ask } from "./server.js";
import { element } from "./edition.js";

const UNSET = "[null,null]"; // neither engine nor name, so that show.toml says nothing of it
const $ = (id) => document.getElementById(id);

export class Settings {
  constructor(sheet, reader, { written }) {
    Object.assign(this, { sheet, reader, written });
    $("settings-close").addEventListener("click", () => $("settings").close());
    $("settings").addEventListener("close", () => reader.stop());
    reader.audio.addEventListener("pause", () => this.showHeard(null));
    $("settings-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
  }

  async open() {
    const { voices, pauses, offers } = await ask("settings");
    this.known = { voices, pauses };
    $("settings-fault").textContent = "";
    $("roles").replaceChildren(...voices.map(([table, label, engine, name], place) => {
      const choice = element("select", "");
      choice.table = table;
      choice.append(new Option(place ? "as the narrator" : "the default of the language", UNSET), ...offers.map((offer) => new Option(`${offer[1]} (${offer[0]})`, JSON.stringify(offer))));
      const known = offers.find((offer) => offer[1] === name && (!engine || offer[0] === engine));
      choice.value = known ? JSON.stringify(known) : UNSET;
      if (!known && (engine || name)) choice.prepend(new Option([name, engine && `(${engine})`].filter(Boolean).join(" "), "", true, true));
      choice.former = choice.value;
      choice.addEventListener("change", () => this.reader.stop());
      const hear = element("button", "hear", "Hear");
      Object.assign(hear, { type: "button", title: "Hear the paragraph that was chosen, read so", ariaLabel: `Hear ${label}` });
      hear.addEventListener("click", () => this.hear(choice, hear));
      const row = element("div", "role");
      row.append(labelled(label, choice), hear);
      return row;
    }));
    $("pauses").replaceChildren(...Object.entries(pauses).map(([key, ms]) => {
      const field = element("input", "");
      Object.assign(field, { type: "number", min: 0, max: 60000, step: 1, name: key, value: ms });
      return labelled(key.replace("_", " "), field);
    }));
    $("settings").showModal();
  }

  // The voices that were chosen and are not yet written.
  chosen() {
    const choices = [...$("roles").querySelectorAll("select")].filter((choice) => choice.value !== choice.former);
    return choices.flatMap((choice) => {
      const [engine, name] = JSON.parse(choice.value);
      return [[choice.table, "engine", engine], [choice.table, "name", name]];
    });
  }

  // The paragraph in hand, or else the first, as whoever is chosen for a role would read it.
  async hear(choice, button) {
    const isOn = button.classList.contains("on");
    this.reader.stop();
    if (isOn) return;
    const spot = this.sheet.here ?? this.sheet.firstParagraph();
    const { digest } = this.sheet.articles[spot.article];
    $("settings-fault").textContent = "";
    button.textContent = "…"; // a voice that is heard for the first time is read in first
    try {
      const heard = await ask("audition", { article: spot.article, passage: spot.passage, digest, values: this.chosen(), table: choice.table });
      if (!$("settings").open) return;
      await this.reader.play(heard, spot);
      this.showHeard(button);
    } catch (error) {
      this.showHeard(null);
      this.fail(error);
    }
  }

  showHeard(button) {
    for (const each of $("roles").querySelectorAll(".hear")) {
      each.classList.toggle("on", each === button);
      each.textContent = each === button ? "Stop" : "Hear";
    }
  }

  fail(error) {
    $("settings-fault").textContent = [`${error.message}.`, error.hint].filter(Boolean).join(" ");
  }

  // Only what was changed is written.
  async write() {
    const values = this.chosen();
    for (const field of $("pauses").querySelectorAll("input")) {
      if (Number(field.value) !== this.known.pauses[field.name]) values.push([["pauses"], field.name, Math.round(Number(field.value))]);
    }
    if (!values.length) {
      $("settings").close();
      return;
    }
    try {
      const told = await ask("settings", { values });
      $("settings").close();
      this.written(told);
    } catch (error) {
      this.fail(error);
    }
  }
}

function labelled(text, field) {
  const label = element("label", "");
  label.append(element("span", "", text), field);
  return label;
}
