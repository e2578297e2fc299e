"""The pictures of the README, taken by the browser test where it is asked to by ``--pictures docs/pictures``."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest
    from playwright.async_api import Page

SCALE = 2
"""Pixels of a picture for one of the page: sharp where it is shown small."""
QUALITY = 50
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
DRAWER = shutil.which("pdftoppm")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="write the README's pictures into this folder")


class Pictures:
    """Pictures in ``folder``; without one nothing is written."""

    def __init__(self, folder: str | None) -> None:
        self.folder = Path(folder) if folder else None

    async def take(self, page: Page, name: str, *, top: str = "") -> None:
        """Keep what the phone shows now, without what lies over it: its end, or from the newest ``top`` on."""
        if self.folder is None:
            return
        await page.locator("#toast").evaluate("node => { node.hidden = true }")
        await page.locator("#hint").evaluate("node => { node.hidden = true }")
        await page.locator("#wall").evaluate("node => node.scrollTo({ top: node.scrollHeight })")
        if top:
            await page.locator(top).last.evaluate("node => node.scrollIntoView({ block: 'start' })")
        width, height = await page.evaluate("[innerWidth, innerHeight]")
        await self._write(page, name, width, height)

    async def take_spreadsheet(self, page: Page, content: bytes, name: str) -> None:
        """Keep the first sheet of a workbook as LibreOffice shows it; without it the picture stays as it is."""
        if self.folder is None or OFFICE is None or DRAWER is None:
            return
        assert page.context.browser is not None
        sheet = await page.context.browser.new_page()
        await sheet.goto("data:text/html,<body style='margin:0'><img style='display:block;width:600px'>")
        picture = base64.b64encode(drawn(content)).decode()
        await sheet.locator("img").evaluate(
            "(node, data) => { node.src = `data:image/png;base64,${data}`; return node.decode() }", picture
        )
        width, height = await sheet.locator("img").evaluate("node => [node.clientWidth, node.clientHeight]")
        await self._write(sheet, name, width, height)
        await sheet.close()

    async def _write(self, page: Page, name: str, width: int, height: int) -> None:
        assert self.folder is not None
        session = await page.context.new_cdp_session(page)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": SCALE}
        asked: dict[str, Any] = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
        taken = await session.send("Page.captureScreenshot", asked)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def drawn(workbook: bytes) -> bytes:
    """The first page of a workbook as a PNG."""
    assert OFFICE is not None
    assert DRAWER is not None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "record.xlsx"
        source.write_bytes(workbook)
        alone = f"-env:UserInstallation=file://{folder}/office"
        print_ = (OFFICE, alone, "--headless", "--convert-to", "pdf", "--outdir", folder, source)
        subprocess.run(print_, check=True, capture_output=True, timeout=180)
        draw = (DRAWER, "-r", "110", "-singlefile", "-png", source.with_suffix(".pdf"), source.with_suffix(""))
        subprocess.run(draw, check=True, capture_output=True, timeout=60)
        return source.with_suffix(".png").read_bytes()
