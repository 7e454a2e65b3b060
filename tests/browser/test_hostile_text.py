"""Hostile text stays text: nothing is requested, run, linked or drawn because a ticket says so."""

import http.client
from urllib.parse import urlsplit

from tests.browser.dashboard import Visit
from tests.sample_diagnosis import HOSTILE


def words(text: str) -> str:
    """What a person sees: spaces as one, and no word joiners, which nobody sees."""
    return " ".join(text.replace("\N{WORD JOINER}", "").split())


def links(visit: Visit) -> set[str | None]:
    anchors = visit.page.locator("a[href]").all()
    return {urlsplit(anchor.get_attribute("href") or "").hostname for anchor in anchors}


def test_a_project_page_shows_it_letter_for_letter(sample: Visit) -> None:
    sample.open("/project?project=EVIL")
    assert words(sample.page.get_by_role("heading", level=1).inner_text()) == words(" ".join(HOSTILE))
    sample.unfold()
    seen = words(sample.page.inner_text("body"))
    for text in HOSTILE:
        assert words(text) in seen
    assert links(sample) <= {None, "127.0.0.1"}  # the ticket's own address is a script's, and is no link
    assert sample.page.locator("[data-testid=stMarkdown] img, .katex, [data-testid=stMarkdown] style").count() == 0
    # What tickets ask, decide and name is read by other code than their titles, and is in as many places.
    for section in ("What probably holds it", "Asked, not answered", "Agreed, and changed since", "Roles declared"):
        assert section in seen


def test_tables_and_the_heat_map_show_it_too(sample: Visit) -> None:
    sample.open()
    sample.unfold()
    assert words(HOSTILE[0]) in words(sample.page.inner_text("body"))
    assert links(sample) <= {None, "127.0.0.1"}
    sample.open("/?view=Heat+map")
    assert sample.page.locator("[data-testid=stPlotlyChart] a, [data-testid=stPlotlyChart] img").count() == 0


def test_hostile_words_in_the_url(sample: Visit) -> None:
    for parameter in ("q", "team", "verdict", "pattern", "view", "project"):
        sample.open(f"/?{parameter}=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E!%5Ba%5D(http://evil.test/b.png)")
        assert links(sample) <= {None, "127.0.0.1"}


def test_what_would_get_through_is_stopped_by_the_policy(sample: Visit) -> None:
    sample.open()
    outcome = sample.page.evaluate(
        """async () => {
            const image = new Image();
            const loaded = new Promise(done => { image.onload = () => done(true); image.onerror = () => done(false) });
            image.src = 'https://evil.test/beacon.png';
            document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true">');
            const fetched = await fetch('https://evil.test/').then(() => true, () => false);
            await new Promise(later => setTimeout(later, 300));
            return { loaded: await loaded, fetched, ran: window.ran === true };
        }"""
    )
    assert outcome == {"loaded": False, "fetched": False, "ran": False}
    assert any("Content Security Policy" in fault for fault in sample.faults)
    sample.faults.clear()  # they were the point


def answer(url: str, host: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    return connection.getresponse()


def test_every_answer_carries_strict_headers(sample_url: str) -> None:
    found = answer(sample_url, "127.0.0.1")
    assert found.status == 200
    policy = found.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["x-frame-options"] == "DENY"


def test_another_sites_name_for_this_machine_is_refused(sample_url: str) -> None:
    assert answer(sample_url, "evil.test").status in (400, 403, 421)
