// What is asked of the server, and the line below the page that tells what came of it.

// Ask the server; what it refuses is an error with what to do.
export async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (answer.ok) return answer.json();
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  const error = new Error(told.message ?? `the desk answers ${answer.status}`);
  error.hint = told.hint ?? "";
  error.isStale = answer.status === 409;
  throw error;
}

const notice = document.getElementById("notice");
let quiet;
export function notify(text, { link, change } = {}) {
  clearTimeout(quiet);
  notice.replaceChildren(text);
  if (change) {
    const lines = document.createElement("span");
    lines.className = "diff";
    lines.textContent = change.lines.join("\n");
    notice.append(lines);
  }
  if (link) {
    const anchor = Object.assign(document.createElement("a"), { href: link, textContent: "Listen to it", target: "_blank", rel: "noopener" });
    notice.append(" ", anchor);
  } else {
    quiet = setTimeout(() => notice.replaceChildren(), 8000);
  }
}
