"""Places in site.toml: every mistake is told with its line; secrets are refused, and masked in what programs say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import config
from generator.deploy.programs import redacted
from generator.errors import SettingsError

HEAD = 'title = "T"\nbase_url = "https://example.org"\n[deploy.home]\n'
FAULTS = {
    'path = "x"': ":3: error: `deploy.home` has no `kind`",
    'kind = "ftp"': ":4: error: `deploy.home.kind` must be one of folder, files, ssh, git, bucket",
    'kind = "folder"': ":3: error: `deploy.home` has no `path`",
    'kind = "folder"\npath = "x"\nport = 3': ":3: error: `deploy.home` has `port`, which a place of the kind",
    'kind = "folder"\npath = "x"\npaht = "y"': ":6: error: `deploy.home.paht` is not a setting",
    'kind = "folder"\npath = "x"\nreleases = 0': ":6: error: `deploy.home.releases` must be from 1 to 1000",
    'kind = "folder"\npath = "x"\nhost_files = ["iis"]': ":6: error: `deploy.home.host_files` knows nginx",
    'kind = "files"\npath = "x"\nhost_files = ["nginx"]': ":3: error: `deploy.home` wants files for nginx",
    'kind = "folder"\npath = "x"\ncsp = "a\\"b"': ":6: error: `deploy.home.csp` has a quotation mark",
    'kind = "ssh"\npath = "x"\nhost = "-oProxyCommand=x"': ":6: error: `deploy.home.host` is no host",
    'kind = "ssh"\npath = "x"\nhost = "a b"': ":6: error: `deploy.home.host` is no host",
    'kind = "git"\nremote = "--upload-pack=x"': ":5: error: `deploy.home.remote` is no remote",
    'kind = "git"\nremote = "ext::sh -c x"': ":5: error: `deploy.home.remote` is no remote",
    'kind = "git"\nremote = "https://me:word@host/x"': ":5: error: `deploy.home.remote` has a password in it",
    'kind = "git"\nbranch = "-x"': ":5: error: `deploy.home.branch` is no name for git",
    'kind = "bucket"\nurl = "http://x"': ":5: error: `deploy.home.url` is no bucket",
    'kind = "bucket"\nurl = "s3://key:word@x"': ":5: error: `deploy.home.url` has a password in it",
    'kind = "folder"\npath = "x"\nbase_url = "example.org"': ":6: error: `deploy.home.base_url` must be",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_mistake_is_told(text):
    """Each mistake in a place is an error at its line."""
    with pytest.raises(SettingsError) as error:
        config.parse(f"{HEAD}{text}\n")
    assert FAULTS[text] in str(error.value)


def test_the_order_of_places_is_kept():
    """The first place is the one that counts without a name."""
    text = f'{HEAD}kind = "git"\n[deploy.a]\nkind = "files"\npath = "x"\n'
    assert list(config.parse(text).deploy) == ["home", "a"]


@pytest.mark.parametrize(
    "said",
    [
        "fatal: Authentication failed for 'https://me:{}@host.example/x.git'",
        "remote: https://{}@host.example/x.git",
        "Authorization: Basic {}",
        "authorization: bearer {}",
        "AWS_SECRET_ACCESS_KEY={} is wrong",
        "password: {}",
        "X-Api-Token: {}",
    ],
)
@given(secret=st.text("abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789+_", min_size=12, max_size=40))
def test_what_looks_like_a_secret_is_masked(said, secret):
    """Whatever a program says, no secret of the usual forms is shown."""
    assert secret not in redacted(said.format(secret))


def test_other_words_are_shown():
    """What helps to understand a fault stays."""
    said = "fatal: repository 'https://host.example/x.git/' not found"
    assert redacted(said) == said
