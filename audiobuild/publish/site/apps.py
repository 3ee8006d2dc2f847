"""How podcast apps are asked to follow a feed (layer 3, pure).

    "https://lock.example/feed.xml"  ->  "Apple Podcasts", "podcast://lock.example/feed.xml"

Apps of which their makers say how are named, and no others: Castro's take a show's number at Apple alone.

Source: overcast.fm/podcasterinfo; antennapod.org, "Subscribe links"; what the makers of Pocket Casts and Podcast Addict
told Podlove's subscribe button.
"""

from __future__ import annotations

from urllib.parse import quote

_SCHEMES = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={quoted}"),
    ("Podcast Addict", "podcastaddict://{bare}"),
)
"""Apps, and what opens in them: of the feed's address, all behind its own scheme, or the whole of it, quoted."""


def subscription_links(address: str) -> tuple[tuple[str, str], ...]:
    """Give the names of apps, and the address with which each follows a feed; none where the feed's is not known."""
    if not address:
        return ()
    bare, quoted = address.partition("://")[2], quote(address, safe="")
    return tuple((name, scheme.format(bare=bare, quoted=quoted)) for name, scheme in _SCHEMES)
