"""Kinds are told by content, archives are opened, and what is hostile is refused in a sentence."""

import gzip
import io
import os
import re
import zipfile
import zlib

import pytest

from govner.document.errors import BadInput, BadLine
from govner.ingest import aside, ingest_paths
from govner.ingest import source as bounds

from .composed import ARTICLES, KINDS, docx, html_paragraphs, pdf_columns, text_site
from .pdf_pages import make_pdf

ARTICLE = ARTICLES[0]


def zipped(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def crawled(url, kind, status, page):
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n")


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path):
    with pytest.raises(BadInput) as caught:
        list(ingest_paths([path]))
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize("make", [html_paragraphs, text_site, docx, pdf_columns])
def test_the_kind_is_told_by_content_and_not_by_the_name(make, tmp_path):
    path = write(tmp_path, "page.txt", make(ARTICLE)[1])
    (document,) = ingest_paths([path])
    assert document.text == ARTICLE.text


def test_a_zip_archive_is_read_in_the_order_of_its_names(tmp_path):
    inner = zipped({"c.txt": text_site(ARTICLES[2])[1]})
    members = {"b.html": html_paragraphs(ARTICLES[1])[1], "a.docx": docx(ARTICLE)[1]}
    members |= {"c.zip": inner, "README.md": b"#", "__MACOSX/x": b"\0"}
    path = write(tmp_path, "pages.zip", zipped(members))
    documents = list(ingest_paths([path]))
    assert [d.text for d in documents] == [article.text for article in ARTICLES[:3]]
    assert documents[2].meta["page"] == f"{path}/c.zip/c.txt"


def test_a_crawl_is_read_by_its_addresses_and_what_the_server_said_of_them(tmp_path):
    page = html_paragraphs(ARTICLE)[1].replace(b"charset=gb2312", b"")
    crawl = b"".join(
        crawled(url, kind, status, page)
        for url, kind, status in (
            ("http://example.org/a.html", "text/html; charset=gb2312", "200 OK"),
            ("http://example.org/a.png", "image/png", "200 OK"),
            ("http://example.org/b.html", "text/html", "404 Not Found"),
        )
    )
    path = write(tmp_path, "crawl.warc.gz", crawl)
    (document,) = ingest_paths([path])
    assert (document.text, document.meta["url"]) == (ARTICLE.text, "http://example.org/a.html")


def test_a_batch_goes_on_where_that_is_asked_for(tmp_path):
    write(tmp_path, "a.jsonl", b'{"text": "' + "一句话。".encode() + b'"}\n[]\nno\n{"text": ""}\n')
    write(tmp_path, "b.pdf", b"%PDF-1.4 nothing")
    write(tmp_path, "c.txt", text_site(ARTICLE)[1])
    skipped = []
    documents = list(ingest_paths([tmp_path], skipped=skipped))
    assert [d.text for d in documents] == ["一句话。", ARTICLE.text]
    assert [type(error) for error in skipped] == [BadLine, BadLine, BadLine, BadInput]
    assert [error.line for error in skipped[:3]] == [2, 3, 4]


def test_a_page_is_found_again_for_every_kind(tmp_path):
    from govner.ingest import page_of, show

    members = {
        f"{make.__name__}.{make(ARTICLE)[0].split('.')[1]}": make(ARTICLE)[1] for make in KINDS
    }
    path = write(tmp_path, "all.zip", zipped(members))
    for name, data in members.items():
        write(tmp_path, name, data)
    documents = list(ingest_paths([tmp_path]))
    assert len(documents) == 2 * len(KINDS)
    for document in documents:
        page = page_of(document)
        assert page.path == document.meta["page"]
        assert ARTICLE.paragraphs[1][:7] in show(document, page)
    assert any(document.meta["page"].startswith(f"{path}/") for document in documents)


def test_zip_bombs_are_refused(tmp_path):
    bomb = write(tmp_path, "bomb.zip", zipped({"a.txt": b"0" * 30_000_000}))
    assert "bomb" in refused(bomb)
    nested = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})})})
    assert "archives stand in archives" in refused(write(tmp_path, "nested.zip", nested))


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_says(tmp_path):
    data = bytearray(zipped({"a.txt": text_site(ARTICLE)[1]}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (50).to_bytes(4, "little")
    assert "cannot be unpacked" in refused(write(tmp_path, "lies.zip", bytes(data)))


def test_broken_and_encrypted_archives_are_refused(tmp_path):
    data = zipped({"a.txt": b"x" * 100})
    assert "broken" in refused(write(tmp_path, "a.zip", data[:40]))
    locked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[data.index(mark) + offset] |= 1
    assert "encrypted" in refused(write(tmp_path, "b.zip", bytes(locked)))


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(bounds.LARGEST + 1)  # a hole, it takes no disk
    assert "larger than" in refused(path)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "省委书记王明出席会议。" + "</div>" * 20_000,
        "<p>" + "<!--" * 50_000,
        "<html>" + '<a href="' * 20_000,
        "<html>" + "&" * 100_000 + "&#" * 10_000 + "&#x110000;&#0;",
        "<html><body>" + "<" * 100_000,
        "<html><script>" * 5_000,
        "<html>" + "<script " * 20_000,
    ],
    ids=["deep", "comments", "quotes", "entities", "openings", "scripts", "unclosed"],
)
def test_hostile_markup_is_read_or_refused(page, tmp_path):
    path = write(tmp_path, "page.html", page.encode())
    skipped = []
    documents = list(ingest_paths([path], skipped=skipped))
    assert len(documents) + len(skipped) == 1


@pytest.mark.parametrize("name", ["page.html", "page.docx"])
def test_entities_read_no_file(name, tmp_path):
    secret = write(tmp_path, "secret", "秘密内容不得外传。".encode())
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>'
    page = f"{entity}<html><body><p>省委书记王明出席会议，市长李华主持。&x;</p></body></html>"
    data = page.encode()
    if name == "page.docx":
        data = zipped({"word/document.xml": entity.encode() + b"<w/>"})
    skipped = []
    documents = list(ingest_paths([write(tmp_path, name, data)], skipped=skipped))
    assert len(documents) + len(skipped) == 1
    assert not any("秘密" in document.text for document in documents)


def test_bad_pdfs_are_refused(tmp_path):
    good = pdf_columns(ARTICLE)[1]
    assert "PDF is broken" in refused(write(tmp_path, "a.pdf", good[: len(good) // 3]))
    assert "no text" in refused(write(tmp_path, "b.pdf", make_pdf([[]])))
    encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -1 >> /ID [<00><00>]"
    locked = good.replace(b"/Root 1 0 R", f"/Root 1 0 R {encrypt.format('00' * 32)}".encode())
    assert "encrypted" in refused(write(tmp_path, "c.pdf", locked))


def test_a_table_without_a_text_column_is_refused(tmp_path):
    path = write(tmp_path, "a.csv", "名称,编号\n甲,1\n".encode())
    assert "no column of 名称, 编号 holds text" in refused(path)


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    write(tmp_path, "outside.txt", text_site(ARTICLE)[1])
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder, "inside.txt", text_site(ARTICLES[1])[1])
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "near.txt").symlink_to(folder / "inside.txt")
    skipped = []
    assert len(list(ingest_paths([folder], skipped=skipped))) == 2
    assert "link out of the folder" in str(skipped[0])


def test_a_gzip_file_that_is_no_crawl_is_refused(tmp_path):
    assert "broken" in refused(write(tmp_path, "a.warc.gz", gzip.compress(b"no crawl")))


def test_a_few_broken_bytes_in_a_web_page_are_flagged(tmp_path):
    page = html_paragraphs(ARTICLE)[1]
    place = page.index("车远航".encode("gb18030"))
    broken = page[:place] + b"\xff\xff" + page[place + 2 :]
    (document,) = ingest_paths([write(tmp_path, "a.html", broken)])
    assert document.meta["flags"] == {"replacement": 2}
    assert document.meta["encoding"] == "gb18030"
    assert "远航出席会议并讲话" in document.text


def stuffed_pdf(content):
    """Return a sheet whose drawing unpacks to what is given, in a file of a thousandth."""
    packed = zlib.compress(content)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def test_a_pdf_that_would_take_hours_is_ended_and_the_next_one_is_read(tmp_path, monkeypatch):
    bomb = write(tmp_path, "a.pdf", stuffed_pdf(b"BT (a) Tj ET\n" * 8_000_000))
    write(tmp_path, "b.pdf", pdf_columns(ARTICLE)[1])
    with monkeypatch.context() as patch:
        patch.setattr(aside, "SECONDS", 1)
        assert "a sheet takes more than 1 s" in refused(bomb)
    (document,) = ingest_paths([tmp_path / "b.pdf"])
    assert document.text == ARTICLE.text


def test_the_process_that_reads_pdf_is_started_again_when_it_has_died(tmp_path):
    path = write(tmp_path, "b.pdf", pdf_columns(ARTICLE)[1])
    for _ in range(2):
        (document,) = ingest_paths([path])
        assert document.text == ARTICLE.text
        aside._reader._process.kill()
        aside._reader._process.wait()


def test_a_page_of_xhtml_is_a_page_and_not_plain_text(tmp_path):
    page = b'<?xml version="1.0" encoding="gb2312"?>\n' + html_paragraphs(ARTICLE)[1]
    (document,) = ingest_paths([write(tmp_path, "page.xhtml", page)])
    assert document.text == ARTICLE.text


def test_a_folder_is_searched_by_content_and_not_by_name_alone(tmp_path):
    write(tmp_path, "a_123", html_paragraphs(ARTICLE)[1])
    write(tmp_path, "b.do", docx(ARTICLES[1])[1])
    write(tmp_path, "c.download", pdf_columns(ARTICLES[2])[1])
    write(tmp_path, "d.log", "不是网页，是日志。".encode())
    write(tmp_path, "e.png", b"\x89PNG\r\n")
    documents = list(ingest_paths([tmp_path]))
    assert [d.text for d in documents] == [article.text for article in ARTICLES[:3]]


def test_a_row_that_is_too_long_is_one_row(tmp_path):
    rows = b'{"text": "' + b"a" * 25_000_000 + b'"}\n{"text": ""}\n'
    skipped = []
    assert not list(ingest_paths([write(tmp_path, "a.jsonl", rows)], skipped=skipped))
    assert [error.line for error in skipped] == [1, 2]
    assert "longer than 10,000,000 bytes" in str(skipped[0])


def test_an_archive_without_a_page_is_told(tmp_path):
    missing = crawled("http://example.org/", "text/html", "404 Not Found", b"<html>")
    assert "holds no page" in refused(write(tmp_path, "a.warc.gz", missing))
    assert "holds no page" in refused(write(tmp_path, "a.zip", zipped({"README.md": b"#"})))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "a pipe or a device" in refused(tmp_path / "a.txt")


def test_the_path_of_a_page_is_not_its_title(tmp_path):
    """A site whose tab has only the path; the article begins with its own heading."""
    page = html_paragraphs(ARTICLE)[1].decode("gb18030").replace("gb2312", "utf-8")
    head = f"<h1>{ARTICLE.title}</h1>"
    assert head in page
    page = page.replace(head, f"<h3>首页 - 新闻动态</h3><div><h5>{ARTICLE.title}</h5></div>")
    page = re.sub("<title>.*</title>", "<title>首页 - 新闻动态</title>", page)
    (document,) = ingest_paths([write(tmp_path, "page.html", page.encode())])
    assert document.meta["title"] == ARTICLE.title
    assert document.text == ARTICLE.text
