// Voices by role and department, and the pauses of the show, as show.toml has them.

import { ask } from "./server.js";
import { element } from "./edition.js";

const UNSET = "[null,null]"; // neither engine nor name, so that show.toml says nothing of it
const $ = (id) => document.getElementById(id);

export class Settings {
  constructor({ written }) {
    this.written = written;
    $("settings-close").addEventListener("click", () => $("settings").close());
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
      return labelled(label, choice);
    }));
    $("pauses").replaceChildren(...Object.entries(pauses).map(([key, ms]) => {
      const field = element("input", "");
      Object.assign(field, { type: "number", min: 0, max: 60000, step: 1, name: key, value: ms });
      return labelled(key.replace("_", " "), field);
    }));
    $("settings").showModal();
  }

  // Only what was changed is written.
  async write() {
    const values = [];
    for (const choice of $("roles").querySelectorAll("select")) {
      if (choice.value === choice.former) continue;
      const [engine, name] = JSON.parse(choice.value);
      values.push([choice.table, "engine", engine], [choice.table, "name", name]);
    }
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
      $("settings-fault").textContent = [`${error.message}.`, error.hint].filter(Boolean).join(" ");
    }
  }
}

function labelled(text, field) {
  const label = element("label", "");
  label.append(element("span", "", text), field);
  return label;
}
