// The player on other sites: embed.html?NAME plays the episode of that name, by its manifest.
"use strict";

{
  const byId = (id) => document.getElementById(id);
  const name = decodeURIComponent(location.search.slice(1));

  const show = (episode) => {
    document.title = episode.title;
    byId("page").textContent = episode.title;
    byId("page").href = `${encodeURIComponent(name)}.html`;
    if (episode.cover) {
      byId("cover").src = encodeURIComponent(episode.cover);
      byId("cover").hidden = false;
    }
    const audio = byId("audio");
    audio.src = encodeURIComponent(episode.file);
    audio.hidden = false;
    offerChapters(audio, episode.chapters);
  };

  const offerChapters = (audio, chapters) => {
    if (chapters.length < 2) return;
    const select = byId("chapter");
    select.append(...chapters.map(({ title, start_ms: start }) => new Option(title, start / 1000)));
    byId("chapters").hidden = false;
    select.addEventListener("change", () => {
      audio.currentTime = Number(select.value);
      audio.play().catch(() => null);
    });
    audio.addEventListener("timeupdate", () => {
      const place = chapters.findLastIndex(({ start_ms: start }) => start / 1000 <= audio.currentTime + 0.001);
      if (place >= 0 && document.activeElement !== select) select.selectedIndex = place;
    });
  };

  const start = async () => {
    if (!/^[\w-]+$/.test(name)) throw new Error("no name");
    const answer = await fetch(`${name}.json`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    show(await answer.json());
  };

  start().catch(() => (byId("told").textContent = "That episode is not here."));
}
