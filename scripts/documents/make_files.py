"""Write the books, letters and papers that the tests read: tests/documents/files, each with its text beside it.

It needs pandoc, LibreOffice, pdflatex, Chromium and the Python package typst; what it writes is committed, so that the
tests need none of them. Run it in an environment that has typst, with the folder of this file on the path.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from prose import Prose

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "documents" / "files"
NOTE = "A remark at the foot of the page that nobody wants to hear"
Body = list[tuple[str, str]]


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        for seed, (name, make) in enumerate(PAPERS.items(), 2_001):
            prose = Prose(seed)
            body = prose.body(26)
            title = f"{prose.heading()}: a paper"
            make(work, name, title, body)
            known = {"title": title, "paragraphs": body}
            (FOLDER / f"{name}.json").write_text(
                json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )


def run(*command: str, cwd: Path) -> None:
    """Run a program."""
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def keep(work: Path, made: str, name: str) -> None:
    """Take what a program wrote."""
    (FOLDER / name).write_bytes((work / made).read_bytes())


# --- what is written in each program's language ---------------------------------------------------


def grouped(body: Body, item: str, opens: str, closes: str, forms: dict[str, str], notes: dict[int, str]) -> str:
    """Write a body: its items within a list, and a note behind some of its paragraphs."""
    out, in_list = [], False
    for place, (kind, text) in enumerate(body):
        if (kind == "li") != in_list:
            out.append(opens if kind == "li" else closes)
            in_list = kind == "li"
        form = item if kind == "li" else forms[kind]
        out.append(form.replace("{}", text + notes.get(place, "") if kind == "p" else text))
    return "\n\n".join([*out, *([closes] if in_list else [])])


def latex(work: Path, name: str, title: str, body: Body) -> None:
    """Set it with LaTeX."""
    option = "twocolumn" if "two" in name else "a4paper"
    forms = {"p": "{}", "h": r"\section{{}}", "q": r"\begin{quote}{}\end{quote}"}
    notes = dict.fromkeys((2, 9, 16), rf"\footnote{{{NOTE}, as the clerk said.}}")
    text = grouped(body, r"\item {}", r"\begin{itemize}", r"\end{itemize}", forms, notes)
    head = (
        rf"\documentclass[11pt,{option}]{{article}}\usepackage[utf8]{{inputenc}}\usepackage[T1]{{fontenc}}"
        r"\usepackage{mathptmx}\usepackage{fancyhdr}\pagestyle{fancy}\fancyhead[L]{The Lantern Papers}"
        r"\fancyhead[R]{Volume 4}\fancyfoot[C]{\thepage}"
        rf"\title{{{title}}}\author{{Ada Reed}}\date{{14 March 2026}}\begin{{document}}\maketitle"
    )
    (work / f"{name}.tex").write_text(f"{head}\n{text}\n\\end{{document}}\n", encoding="utf-8")
    run("pdflatex", "-interaction=batchmode", f"{name}.tex", cwd=work)
    keep(work, f"{name}.pdf", f"{name}.pdf")


def typst(work: Path, name: str, title: str, body: Body) -> None:
    """Set it with Typst."""
    import typst as program  # type: ignore[import-not-found]

    columns = 2 if "two" in name else 1
    forms = {"p": "{}", "h": "= {}", "q": "#quote(block: true)[{}]"}
    notes = dict.fromkeys((3, 11), f"#footnote[{NOTE}, says the clerk.]")
    text = grouped(body, "- {}", "", "", forms, notes)
    head = (
        f'#set page(paper: "a5", columns: {columns}, header: [The Lantern Papers #h(1fr) Volume 4], numbering: "1")\n'
        '#set par(justify: true)\n#set text(lang: "en", hyphenate: true, size: 10pt)\n'
        f'#align(center, text(size: 18pt, weight: "bold")[{title}])\n'
    )
    (work / f"{name}.typ").write_text(f"{head}\n{text}\n", encoding="utf-8")
    program.compile(str(work / f"{name}.typ"), output=str(work / f"{name}.pdf"))
    keep(work, f"{name}.pdf", f"{name}.pdf")


def html(title: str, body: Body, style: str = "") -> str:
    """Write it as a page."""
    forms = {"p": "<p>{}</p>", "h": "<h2>{}</h2>", "q": "<blockquote>{}</blockquote>"}
    text = grouped(body, "<li>{}</li>", "<ul>", "</ul>", forms, {})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
        f"<body><h1>{title}</h1>\n{text}</body></html>"
    )


def chromium(work: Path, name: str, title: str, body: Body) -> None:
    """Print it with Chromium."""
    columns = "div { columns: 2; text-align: justify; hyphens: auto; column-gap: 8mm }" if "two" in name else ""
    page = (
        html(title, body, f"body {{ font: 11pt serif }} {columns}")
        .replace("</h1>", "</h1><div>")
        .replace("</body>", "</div></body>")
    )
    (work / f"{name}.html").write_text(page, encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={name}.pdf")
    run("chromium", *flags, f"{name}.html", cwd=work)
    keep(work, f"{name}.pdf", f"{name}.pdf")


def flat_odt(title: str, body: Body, columns: int) -> str:
    """Write it as LibreOffice's own flat XML, with a head, a page number and notes."""
    note = (
        '<text:note text:id="n{0}" text:note-class="footnote"><text:note-citation>{0}</text:note-citation><text:note-body>'
        f'<text:p text:style-name="Footnote">{NOTE}, the clerk said.</text:p></text:note-body></text:note>'
    )
    forms = {
        "p": '<text:p text:style-name="Body">{}</text:p>',
        "h": '<text:h text:style-name="Heading_20_1" text:outline-level="1">{}</text:h>',
        "q": '<text:p text:style-name="Quotations">{}</text:p>',
    }
    notes = {place: note.format(number) for number, place in enumerate((4, 12), 1)}
    item = '<text:list-item><text:p text:style-name="Body">{}</text:p></text:list-item>'
    text = grouped(body, item, "<text:list>", "</text:list>", forms, notes)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("dc", "dc"),
        )
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {names} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-size="22pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1">
<style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.2cm"/>
<style:text-properties fo:font-size="11pt" fo:hyphenate="true" fo:language="en" fo:country="GB"/></style:style>
<style:style style:name="Quotations" style:family="paragraph"><style:paragraph-properties fo:margin-left="1cm" fo:margin-right="1cm" fo:margin-bottom="0.2cm"/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.2cm">
<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/></style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:margin-bottom="0.4cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="0.4cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl"><style:header><text:p>The Lantern Papers, volume 4</text:p></style:header>
<style:footer><text:p>Page <text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text><text:p text:style-name="Title">{title}</text:p>
{text}</office:text></office:body></office:document>
"""


def office(work: Path, name: str, title: str, body: Body) -> None:
    """Write it with LibreOffice."""
    suffix = name.partition("-")[0]
    (work / f"{name}.fodt").write_text(flat_odt(title, body, 2 if "two" in name else 1), encoding="utf-8")
    home = f"-env:UserInstallation=file://{work}/office"
    run("soffice", home, "--headless", "--convert-to", suffix, f"{name}.fodt", cwd=work)
    keep(work, f"{name}.{suffix}", f"{name}.{suffix}")


def pandoc(work: Path, name: str, title: str, body: Body) -> None:
    """Write it with pandoc."""
    forms = {"p": "{}", "h": "# {}", "q": "> {}"}
    notes = dict.fromkeys((1, 7), f"^[{NOTE}, the clerk says.]")
    text = grouped(body, "- {}", "", "", forms, notes)
    (work / f"{name}.md").write_text(
        f"---\ntitle: '{title}'\nauthor: Ada Reed\nlang: en-GB\n---\n\n{text}\n", encoding="utf-8"
    )
    suffix = name.partition("-")[0]
    kind = {"epub": "epub2" if "old" in name else "epub3"}.get(suffix, suffix)
    run("pandoc", "-s", "-t", kind, "-o", f"{name}.{suffix}", f"{name}.md", cwd=work)
    keep(work, f"{name}.{suffix}", f"{name}.{suffix}")


PAPERS = {
    "pdf-latex-one": latex,
    "pdf-latex-two": latex,
    "pdf-typst-one": typst,
    "pdf-typst-two": typst,
    "pdf-chromium-one": chromium,
    "pdf-chromium-two": chromium,
    "pdf-office-one": office,
    "pdf-office-two": office,
    "docx-office": office,
    "docx-pandoc": pandoc,
    "odt-office": office,
    "odt-pandoc": pandoc,
    "epub-office": office,
    "epub-pandoc-new": pandoc,
    "epub-pandoc-old": pandoc,
}

if __name__ == "__main__":
    main()
