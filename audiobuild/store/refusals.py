"""Why an object store refuses what it is asked, by the code in its answer, and what to do (layer 3, pure)."""

from __future__ import annotations

import re

_KEYS = "See AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
_REGION = "See AWS_REGION, and AWS_ENDPOINT_URL where the server is your own."
_AZURE = "See AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY."
_REASONS = (
    ("<Code>NoSuchBucket</Code>", "there is no such bucket", f"See how its name is written. {_REGION}"),
    ("<Code>ContainerNotFound</Code>", "there is no such container", f"See how its name is written. {_AZURE}"),
    ("<Code>AuthenticationFailed</Code>", "the object store does not know the account's key", _AZURE),
    ("<Code>AuthorizationFailure</Code>", "the object store does not know the account's key", _AZURE),
    ("<Code>InvalidAccessKeyId</Code>", "the object store does not know the key", _KEYS),
    ("<Code>InvalidClientTokenId</Code>", "the object store does not know the key", _KEYS),
    ("<Code>SignatureDoesNotMatch</Code>", "the secret is not that of the key", _KEYS),
    (
        "<Code>ExpiredToken</Code>",
        "the key has expired",
        "Fetch another, with its AWS_SESSION_TOKEN.",
    ),
    (
        "<Code>RequestTimeTooSkewed</Code>",
        "the clock of this machine is wrong by more than the object store allows",
        "Set it right: 15 minutes are the most.",
    ),
    ("<Code>AuthorizationHeaderMalformed</Code>", "the bucket is in another region", _REGION),
    ("incorrectly configured region", "the bucket is in another region", _REGION),
    ("instance metadata", "no keys are given", _KEYS),
)
"""What tells a reason, where it is found in an error; the reason; what to do."""
_DONE = re.compile(r"performing (?:(?P<list>list)|(?P<method>[A-Z]+)) ")
_RIGHTS = {
    "GET": ("read", "s3:GetObject"),
    "HEAD": ("read", "s3:GetObject"),
    "PUT": ("write", "s3:PutObject"),
    "POST": ("write", "s3:PutObject and s3:DeleteObject"),
    "DELETE": ("delete", "s3:DeleteObject"),
    "list": ("list what is", "s3:ListBucket"),
}
"""What a request does, and the right that it needs."""


def reason_of(error: str) -> tuple[str, str] | None:
    """Say why a request was refused, and what to do; None where nothing is known of it.

    >>> reason_of("Error performing PUT http://sea: 403 Forbidden: <Code>AccessDenied</Code>")
    ('these keys may not write there', 'Give them the right to: s3:PutObject.')
    """
    told = error.partition("Debug source")[0]
    for mark, reason, hint in _REASONS:
        if mark in told:
            return reason, hint
    done = _DONE.search(told) if "403 Forbidden" in told else None
    if done is None:
        return None
    does, right = _RIGHTS.get(done["list"] or done["method"], ("do that", "s3:*"))
    hint = f"Give them the right to: {right}." if "<Code>AccessDenied</Code>" in told else f"{_KEYS} Or: {right}."
    return f"these keys may not {does} there", hint
