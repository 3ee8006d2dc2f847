"""What the pages say to search engines: a show and its episodes in the words of schema.org, as JSON-LD (layer 3, pure).

Facts enter, with whole addresses; a text leaves that can stand within a page: nothing in it ends the element around it.

Source: schema.org, PodcastSeries and PodcastEpisode; W3C, JSON-LD 1.1, 7.2 (in HTML).
"""

from __future__ import annotations

import json
from typing import Any

from audiobuild.model.plain_text import plain_line
from audiobuild.publish.episodes.manifest import Manifest

_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script, or a line of one."""


def render_series(facts: dict[str, str]) -> str:
    """Write what a show is.

    Args:
        facts: name, description, author, language, and the addresses url, feed and picture; an empty one is left out.
    """
    return _render(_series(facts))


def render_episode_data(manifest: Manifest, addresses: dict[str, str], series: dict[str, str]) -> str:
    """Write what an episode is.

    Args:
        manifest: the episode.
        addresses: url, sound and picture; an empty one is left out.
        series: name, and the addresses url and feed; of the show nothing else, so that the page need not follow it.
    """
    sound = {
        "@type": "AudioObject",
        "contentUrl": addresses["sound"],
        "encodingFormat": manifest.mime,
        "contentSize": str(manifest.bytes),
        "duration": _duration(manifest.duration_ms),
    }
    return _render(
        {
            "@type": "PodcastEpisode",
            "name": plain_line(manifest.title),
            "url": addresses["url"],
            "description": plain_line(manifest.description),
            "datePublished": manifest.published.isoformat() if manifest.published else "",
            "inLanguage": manifest.language,
            "image": addresses["picture"],
            "episodeNumber": manifest.number or "",
            "timeRequired": _duration(manifest.duration_ms),
            "associatedMedia": sound,
            "partOfSeries": _series(series),
        }
    )


def _series(facts: dict[str, str]) -> dict[str, Any]:
    author = facts.get("author")
    told: dict[str, Any] = {
        "@type": "PodcastSeries",
        "name": facts["name"],
        "url": facts["url"],
        "description": facts.get("description"),
        "inLanguage": facts.get("language"),
        "image": facts.get("picture"),
        "webFeed": facts["feed"],
        "author": {"@type": "Organization", "name": author} if author else "",
    }
    return {key: value for key, value in told.items() if value}


def _render(told: dict[str, Any]) -> str:
    whole = {"@context": "https://schema.org", **{key: value for key, value in told.items() if value}}
    return json.dumps(whole, ensure_ascii=False).translate(_ENDS)


def _duration(time_ms: int) -> str:
    """Write a length of time as ISO 8601 does."""
    return f"PT{max(1, round(time_ms / 1000))}S"
