"""Pages of every kind, composed for these tests, with the text that they truly hold.

``python -m tests.ingest.composed FOLDER`` writes them, to look at or for `govner bench ingest`.
"""

import csv
import io
import json
import sys
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from .pdf_pages import make_pdf


@dataclass(frozen=True)
class Article:
    """What a page truly says."""

    title: str
    date: str
    source: str
    editor: str
    paragraphs: tuple[str, ...]

    @property
    def text(self):
        """Return what an ingested document should hold."""
        return "\n".join(self.paragraphs)


def _articles():
    read = Path(__file__).with_name("articles.toml").read_text("utf-8")
    for article in tomllib.loads(read)["article"]:
        yield Article(**{**article, "paragraphs": tuple(article["paragraphs"])})


ARTICLES = tuple(_articles())

_NAVIGATION = "".join(
    f'<li><a href="/{n}">{name}</a></li>'
    for n, name in enumerate(["首页", "时政要闻", "党的建设", "政务公开", "专题专栏", "联系我们"])
)
_RELATED = "".join(
    f'<li><a href="/r{n}">{name}</a><span>2024-01-0{n}</span></li>'
    for n, name in enumerate(
        ["全市安全生产电视电话会议召开，部署岁末年初工作", "我市三家企业入选省级绿色工厂名单",
         "市图书馆新馆试运行，首日接待读者过万"], start=1)
)  # fmt: skip
_FOOT = (
    '<div class="foot"><p>主办单位：某某市融媒体中心，地址：人民路1号，邮编：100000</p>'
    "<p>版权所有 未经授权不得转载 京ICP备00000000号</p></div>"
)


def _html(article, body, charset="utf-8", **parts):
    head = parts.get("head", f"<h1>{escape(article.title)}</h1>")
    line = (
        f"<div class=info><span>{article.date} 08:30</span>　"
        f"<span>来源：{article.source}</span></div>"
    )
    page = (
        f"<!DOCTYPE html><html><head><meta charset={charset}>"
        f"<title>{escape(article.title)}_{article.source}</title>"
        "<style>p{margin:0}</style><script>var a='<p>不是正文，。</p>';</script></head><body>"
        f"<div class=nav><ul>{_NAVIGATION}</ul></div>"
        "<div class=path>您的位置：<a>首页</a> &gt; 正文</div>"
        f"<div class=main>{head}{line}{body}"
        f"<p class=editor>责任编辑：{article.editor}</p></div>"
        f"<div class=related><h3>相关阅读</h3><ul>{_RELATED}</ul></div>{_FOOT}</body></html>"
    )
    return page.encode("gb18030" if charset == "gb2312" else charset)


def html_paragraphs(article):
    body = "".join(f"<p>　　{escape(p)}</p>\n" for p in article.paragraphs)
    return "page.html", _html(article, f"<div class=content>{body}</div>", "gb2312")


def html_breaks(article):
    body = "<br>\n<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(p)}" for p in article.paragraphs)
    return "page.htm", _html(article, f"<div id=zoom>{body}</div>")


def html_table(article):
    """Lay a page out with tables, hard-wrapped source, inline markup in the paragraphs."""
    body = "".join(
        f"<p>\n  <span style='x'><b>{escape(p[:7])}</b>{escape(p[7:20])}\n"
        f"{escape(p[20:])}</span></p>"
        for p in article.paragraphs
    )
    body = f"<table><tr><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
    return "page.shtml", _html(article, body)


def html_sections(article):
    """Nested sections as the big platforms write them."""
    body = "".join(
        f"<section><section><p><span>{escape(p)}</span></p></section></section>"
        for p in article.paragraphs
    )
    return "page.html", _html(article, f"<article><div>{body}</div></article>")


def text_site(article):
    lines = [article.title, "", f"{article.date} 10:20　来源：{article.source}", ""]
    lines += [f"　　{paragraph}" for paragraph in article.paragraphs]
    return "page.txt", "\r\n".join([*lines, f"（责任编辑：{article.editor}）"]).encode("gb18030")


def text_columns(article):
    """Write what a scan gives: masthead, hotlines, page number, paragraphs broken in mid-word."""
    lines = ["云溪报业 YXBY", "", "报料 82600000", "热线", f"责任编辑:{article.editor}", "2",
             article.title]  # fmt: skip
    for number, paragraph in enumerate(article.paragraphs):
        cut = 61 if len(paragraph) > 80 and number % 2 == 0 else len(paragraph)
        lines += [part for part in (paragraph[:cut], paragraph[cut:]) if part]
    return "page.txt", "\n\n".join(lines).encode("utf-16")


def markdown(article):
    body = "\n\n".join(article.paragraphs)
    return "page.md", f"# {article.title}\n\n{body}\n\n责任编辑：{article.editor}\n".encode()


def docx(article):
    def paragraph(text, style=""):
        style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        runs = "".join(f"<w:r><w:t>{escape(part)}</w:t></w:r>" for part in (text[:5], text[5:]))
        return f"<w:p>{style}{runs}</w:p>"

    body = paragraph(article.title, "Title") + "".join(map(paragraph, article.paragraphs))
    body += paragraph(f"责任编辑：{article.editor}")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return "page.docx", packed.getvalue()


def _wrapped(article, width):
    """Give the printed lines of a column: indent in characters, and text."""
    for paragraph in article.paragraphs:
        yield 2, paragraph[: width - 2]
        for start in range(width - 2, len(paragraph), width):
            yield 0, paragraph[start : start + width]


def pdf_notice(article):
    """One column over two sheets, a running head and page numbers."""
    rows = list(_wrapped(article, 40))
    sheets, half = [], (len(rows) + 1) // 2
    for number, part in enumerate((rows[:half], rows[half:]), start=1):
        sheet = [(60, 15, 9, f"{article.source}内部资料"), (290, 780, 9, f"- {number} -")]
        if number == 1:
            sheet.append((120, 80, 22, article.title))
        sheet += [(60 + i * 12, 140 + 20 * n, 12, text) for n, (i, text) in enumerate(part)]
        sheets.append(sheet)
    return "page.pdf", make_pdf(sheets)


def pdf_columns(article):
    """Print a newspaper page: three columns below a headline."""
    rows = list(_wrapped(article, 14))
    sheet = [(30, 12, 9, "云溪日报"), (520, 12, 9, "第3版"), (60, 50, 26, article.title),
             (240, 95, 10, f"责任编辑：{article.editor}")]  # fmt: skip
    tall = -(-len(rows) // 3)
    for number, (indent, text) in enumerate(rows):
        column, row = divmod(number, tall)
        sheet.append((30 + column * 185 + indent * 12, 130 + 17 * row, 12, text))
    return "page.pdf", make_pdf([sheet])


def pdf_front(article):
    """Print a page whose masthead is as large as its text, with hotlines below the first column."""
    year, month, day = map(int, article.date.split("-"))
    rows = list(_wrapped(article, 10))
    sheet = [(30, 28, 20, "云溪日报"), (200, 30, 12, f"{year}年{month}月{day}日 星期五"),
             (390, 30, 12, f"责任编辑：{article.editor}"), (520, 30, 12, "第3版 要闻"),
             (30, 70, 28, article.title), (30, 112, 12, "本报记者 顾明 沈苇")]  # fmt: skip
    tall = -(-len(rows) // 4)
    for number, (indent, text) in enumerate(rows):
        column, row = divmod(number, tall)
        sheet.append((30 + column * 140 + indent * 12, 150 + 17 * row, 12, text))
    lines = "报料热线：0571-82600000\u2003广告热线：0571-82600001"
    return "page.pdf", make_pdf([[*sheet, (30, 160 + 17 * tall, 9, lines)]])


def json_lines(article):
    row = {
        "标题": article.title,
        "正文": article.text,
        "日期": article.date,
        "来源": article.source,
    }
    return "page.jsonl", json.dumps(row, ensure_ascii=False).encode()


def comma_separated(article):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["标题", "发布日期", "来源", "内容"])
    writer.writerow([article.title, article.date, article.source, article.text])
    return "page.csv", out.getvalue().encode("utf-8-sig")


KINDS = (
    html_paragraphs, html_breaks, html_table, html_sections, text_site, text_columns, markdown,
    docx, pdf_notice, pdf_columns, json_lines, comma_separated,
    pdf_front,
)  # fmt: skip


def write_all(folder):
    """Write every article as every kind of page."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(ARTICLES):
        for make in KINDS:
            name, data = make(article)
            (folder / f"{number}-{make.__name__}{Path(name).suffix}").write_bytes(data)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
