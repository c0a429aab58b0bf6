//! The one place that opens a connection.

use std::time::{Duration, Instant};

use jsonschema::uri;
use ureq::config::Config;
use ureq::http::header::{CONTENT_TYPE, LOCATION};
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

use super::addresses::{is_local_name, is_public};

/// How many bytes a document may have.
pub const LARGEST: u64 = 32 << 20;

/// How long a document may take, with all that it is redirected by.
const LONGEST: Duration = Duration::from_secs(60);

/// How long it may take until somebody answers.
const CONNECT: Duration = Duration::from_secs(10);

/// How often a document may be said to be elsewhere.
const REDIRECTS: usize = 5;

/// What came.
pub struct Fetched {
    pub bytes: Vec<u8>,
    /// Whether the server says that it is YAML.
    pub is_yaml: bool,
}

/// Asks servers.
pub struct Client {
    agent: Agent,
    allow_local: bool,
}

impl Client {
    /// One that asks this machine and its network only if that is allowed.
    pub fn new(allow_local: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(LONGEST))
            .timeout_connect(Some(CONNECT))
            .user_agent(concat!("isomorph/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Public { inner: DefaultResolver::default(), allow_local };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), allow_local }
    }

    /// The document at a URI. Where that is of `http` and says no port, `https` is asked first.
    ///
    /// # Errors
    ///
    /// If it does not come, in words.
    pub fn get(&self, uri: &str) -> Result<Fetched, String> {
        let parsed: Uri = uri.parse().map_err(|error| format!("no URI: {error}"))?;
        let is_plain = parsed.scheme_str() == Some("http") && parsed.port().is_none();
        let until = Instant::now() + LONGEST;
        if let Some(rest) = uri.strip_prefix("http:").filter(|_| is_plain)
            && let Ok(fetched) = self.follow(&format!("https:{rest}"), until)
        {
            return Ok(fetched);
        }
        self.follow(uri, until)
    }

    fn follow(&self, uri: &str, until: Instant) -> Result<Fetched, String> {
        let mut at = uri.to_owned();
        for _ in 0..=REDIRECTS {
            self.may_ask(&at)?;
            let left = until.saturating_duration_since(Instant::now());
            let request = self.agent.get(&at).config().timeout_global(Some(left)).build();
            let mut response = request.call().map_err(|error| told(&error))?;
            match response.status().as_u16() {
                200 => return body(&mut response),
                301 | 302 | 303 | 307 | 308 => at = elsewhere(&at, &response)?,
                status => return Err(format!("the server answers {status}")),
            }
        }
        Err(format!("it is redirected more than {REDIRECTS} times"))
    }

    /// Says why a URI may not be asked, by what it looks like; the addresses of its name are looked at when they are known.
    fn may_ask(&self, uri: &str) -> Result<(), String> {
        let parsed: Uri = uri.parse().map_err(|error| format!("no URI: {error}"))?;
        let Some(authority) =
            parsed.authority().filter(|_| matches!(parsed.scheme_str(), Some("http" | "https")))
        else {
            return Err("only `http` and `https` are asked".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("it holds a name or a password, which a lock would tell".to_owned());
        }
        if !self.allow_local && is_local_name(authority.host()) {
            return Err(LOCAL.to_owned());
        }
        Ok(())
    }
}

const LOCAL: &str = "it is of this machine or its network; say `--allow-local` if that is meant";

/// Where a redirection leads; never to another scheme.
fn elsewhere(at: &str, response: &Response<Body>) -> Result<String, String> {
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.ok_or("it is redirected, and not said where to")?;
    let base = uri::from_str(at).map_err(|error| error.to_string())?;
    let to = uri::resolve_against(&base.borrow(), location).map_err(|error| error.to_string())?;
    if to.scheme() != base.scheme() {
        return Err(format!("it is redirected to another scheme, {}", shown(to.as_str())));
    }
    Ok(to.as_str().split('#').next().unwrap_or_default().to_owned())
}

fn body(response: &mut Response<Body>) -> Result<Fetched, String> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_yaml =
        kind.split(';').next().is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("yaml"));
    let bytes =
        response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| told(&error))?;
    Ok(Fetched { bytes, is_yaml })
}

/// What a server says, without what would speak to a terminal.
fn shown(text: &str) -> String {
    text.chars().take(200).flat_map(char::escape_debug).collect()
}

fn told(error: &Error) -> String {
    match error {
        Error::BodyExceedsLimit(_) => format!("it is larger than {} MB", LARGEST >> 20),
        Error::Timeout(_) => "it takes too long".to_owned(),
        Error::HostNotFound => "no server has that name".to_owned(),
        error => shown(&error.to_string()),
    }
}

/// Gives only addresses that may be asked, so that a name cannot lead to others.
#[derive(Debug)]
struct Public {
    inner: DefaultResolver,
    allow_local: bool,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // Whoever set a proxy knows where it is.
        let is_proxy = config.proxy().is_some_and(|proxy| Some(proxy.host()) == uri.host());
        if self.allow_local || is_proxy || found.iter().all(|address| is_public(address.ip())) {
            return Ok(found);
        }
        Err(Error::Other(LOCAL.into()))
    }
}
