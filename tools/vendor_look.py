"""Rebuild the vendored style files from unpacked npm packages: ``vendor_look.py NODE_MODULES``.

Takes the Utrecht component CSS and the Voorbeeld design tokens and keeps only the rules and tokens
that our templates and style sheets use, so that a page stays small. Run it after using a new
``utrecht-`` class; the result is committed, so running meldroute needs no npm.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "src" / "meldroute" / "web"
VENDOR = WEB / "static" / "vendor"
OWN_CSS = WEB / "static" / "meldroute"
COMPONENTS = [
    "document", "skip-link", "heading-1", "heading-2", "heading-3", "paragraph", "link", "button",
    "form-label", "form-field", "form-field-description", "form-field-error-message", "form-fieldset",
    "textbox", "textarea", "select",
]  # fmt: skip
# Classes chapters may need although no template of ours uses them yet.
KEEP = {
    "utrecht-button--primary-action", "utrecht-button--secondary-action",
    "utrecht-heading-2", "utrecht-heading-3", "utrecht-paragraph", "utrecht-link", "utrecht-link--html-a",
    "utrecht-textbox--postal-code-nl-size", "utrecht-textbox--tel-nl-size",
}  # fmt: skip
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CLASS = re.compile(r"\.(utrecht-[a-z0-9_-]+)")
VARIABLE = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;]+);")
USED = re.compile(r"var\(\s*(--[a-z0-9-]+)")


def main(modules: Path) -> None:
    """Write components.css, tokens.css, the fonts, the licences and CHECKSUMS.sha256."""
    components = "".join(component(modules, name) for name in COMPONENTS)
    (VENDOR / "utrecht" / "components.css").write_text(components, encoding="utf-8")
    tokens = modules / "@nl-design-system-unstable" / "voorbeeld-design-tokens"
    (VENDOR / "voorbeeld" / "tokens.css").write_text(token_file(tokens, components), encoding="utf-8")
    copy_fonts(modules / "@fontsource" / "fira-sans")
    shutil.copy(modules / "@utrecht" / "button-css" / "LICENSE.md", VENDOR / "utrecht")
    shutil.copy(tokens / "LICENSE.md", VENDOR / "voorbeeld")
    write_checksums()


def version(package: Path) -> str:
    """Name and version as package.json says."""
    data = json.loads((package / "package.json").read_text(encoding="utf-8"))
    return f"{data['name']} {data['version']} ({data['license']})"


def component(modules: Path, name: str) -> str:
    """The rules of one component of which we use the classes."""
    package = modules / "@utrecht" / f"{name}-css"
    text = (package / "dist" / "index.min.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"@charset[^;]*;", "", text)
    notice = f"/*! {version(package)}: used rules only. Copyright Gemeente Utrecht, Frameless B.V. */\n"
    return notice + pruned(text, classes_in_use() | KEEP) + "\n"


def classes_in_use() -> set[str]:
    """Every utrecht- class our templates and style sheets name."""
    files = [*(WEB / "templates").rglob("*.html"), *(WEB / "templatetags").glob("*.py"), *OWN_CSS.glob("*.css")]
    found: set[str] = set()
    for file in files:
        found |= set(re.findall(r"utrecht-[a-z0-9_-]*[a-z0-9]", file.read_text(encoding="utf-8")))
    return found


def pruned(text: str, used: set[str]) -> str:
    """Drop each selector that needs a class nobody uses; drop at-rules left empty."""
    text = RULE.sub(lambda rule: kept(rule, used), text)
    return re.sub(r"@[^{};]+\{\s*\}", "", text)


def kept(rule: re.Match[str], used: set[str]) -> str:
    selectors = [one.strip() for one in re.split(r",(?![^(]*\))", rule[1])]
    # A required field that is still empty is ":invalid"; we only colour what the server found wrong.
    left = [one for one in selectors if set(CLASS.findall(one)) <= used and ":invalid" not in one]
    return f"{','.join(left)}{{{rule[2]}}}\n" if left and rule[2].strip() else ""


def token_file(package: Path, components: str) -> str:
    """The tokens that the components and our own style sheets reach, also through other tokens."""
    text = re.sub(r"/\*.*?\*/", "", (package / "dist" / "variables.css").read_text(encoding="utf-8"), flags=re.S)
    tokens = dict(VARIABLE.findall(text))
    own = "".join(file.read_text(encoding="utf-8") for file in sorted(OWN_CSS.glob("*.css")))
    wanted, queue = set(), set(USED.findall(components + own))
    while queue:
        name = queue.pop()
        if name in tokens and name not in wanted:
            wanted.add(name)
            queue |= set(USED.findall(tokens[name]))
    lines = [f"{name}:{value.strip()};" for name, value in tokens.items() if name in wanted]
    notice = f"/*! {version(package)}: used tokens only. Copyright NL Design System Community. */\n"
    return notice + ":root{\n" + "\n".join(lines) + "\n}\n"


def copy_fonts(package: Path) -> None:
    for weight in (400, 600, 700):
        shutil.copy(package / "files" / f"fira-sans-latin-{weight}-normal.woff2", VENDOR / "fira-sans")
    shutil.copy(package / "LICENSE", VENDOR / "fira-sans")


def write_checksums() -> None:
    """One line per vendored file, in the format of sha256sum."""
    files = sorted(file for file in VENDOR.rglob("*") if file.is_file() and file.parent != VENDOR)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(VENDOR)}" for file in files]
    (VENDOR / "CHECKSUMS.sha256").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
