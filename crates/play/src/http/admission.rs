//! Who may ask, and for what.

use std::net::SocketAddr;

use super::request::Head;
use super::response::Status;

/// Where the server is, and the token that whoever asks has to know.
#[derive(Debug, Clone)]
pub struct Address {
    socket: SocketAddr,
    token: String,
}

/// What is asked for by whoever may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The page.
    Page,
    /// What the page begins with.
    Start,
    /// An answer; the question is in the body.
    Answer,
}

/// How long the body of a question may be, in bytes.
pub const LONGEST: u64 = 12 << 20;

impl Address {
    /// A server at a socket, with a token.
    pub fn new(socket: SocketAddr, token: String) -> Self {
        Self { socket, token }
    }

    /// The address to open.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.socket, self.token)
    }

    /// Whether these are the words for this server, by its number or as `localhost`. A name that somebody else made lead here
    /// is none.
    fn is_host(&self, host: &str) -> bool {
        let by_name = format!("localhost:{}", self.socket.port());
        host == self.socket.to_string() || host.eq_ignore_ascii_case(&by_name)
    }

    /// Whether a token is this one, in a time that does not tell how much of it is right.
    fn is_token(&self, token: &str) -> bool {
        let (ours, theirs) = (self.token.as_bytes(), token.as_bytes());
        let differences =
            ours.iter().zip(theirs).fold(0, |differences, (one, other)| differences | (one ^ other));
        ours.len() == theirs.len() && differences == 0
    }
}

/// What is asked for, if whoever asks may.
///
/// # Errors
///
/// The response to whoever may not, or to what is not understood.
pub fn admit(head: &Head, address: &Address) -> Result<Asked, Status> {
    if !address.is_host(&head.host) {
        return Err(Status::Forbidden);
    }
    let is_own = |origin: &String| origin.strip_prefix("http://") == Some(head.host.as_str());
    if !head.origin.as_ref().is_none_or(is_own) {
        return Err(Status::Forbidden);
    }
    // Whoever knows the address opens it by itself; a link or a form of another page is none of ours. What no browser sends has
    // no site.
    let is_from_here = head.site.as_deref().is_none_or(|site| ["same-origin", "none"].contains(&site));
    if !is_from_here {
        return Err(Status::Forbidden);
    }
    let path = head.target.split('?').next().unwrap_or_default();
    let (token, rest) =
        path.strip_prefix('/').and_then(|path| path.split_once('/')).ok_or(Status::NotFound)?;
    if !address.is_token(token) {
        return Err(Status::Forbidden);
    }
    match (rest, head.method.as_str()) {
        ("", "GET") => Ok(Asked::Page),
        ("start", "GET") => Ok(Asked::Start),
        ("ask", "POST") if head.content_type.as_deref() != Some("application/json") => Err(Status::WrongType),
        ("ask", "POST") if head.length > LONGEST => Err(Status::TooLarge),
        ("ask", "POST") => Ok(Asked::Answer),
        ("" | "start" | "ask", _) => Err(Status::WrongMethod),
        _ => Err(Status::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{request::Head, response::Status};
    use super::{Address, Asked, LONGEST, admit};

    fn head() -> Head {
        Head {
            method: "POST".into(),
            target: "/t0k3n/ask".into(),
            host: "127.0.0.1:4000".into(),
            origin: Some("http://127.0.0.1:4000".into()),
            site: Some("same-origin".into()),
            content_type: Some("application/json".into()),
            length: 10,
        }
    }

    #[test]
    fn only_the_page_of_this_server_is_answered() {
        let address = Address::new(([127, 0, 0, 1], 4000).into(), "t0k3n".into());
        let with = |change: &dyn Fn(&mut Head)| {
            let mut head = head();
            change(&mut head);
            admit(&head, &address)
        };
        assert_eq!(with(&|_| ()), Ok(Asked::Answer));
        assert_eq!(with(&|head| (head.origin, head.site) = (None, None)), Ok(Asked::Answer));
        let page = |head: &mut Head| {
            (head.method, head.target, head.origin) = ("GET".into(), "/t0k3n/".into(), None);
        };
        assert_eq!(with(&page), Ok(Asked::Page));
        let linked = |head: &mut Head| {
            page(head);
            head.site = Some("cross-site".into());
        };
        assert_eq!(with(&linked), Err(Status::Forbidden));
        let typed = |head: &mut Head| {
            page(head);
            head.site = Some("none".into());
        };
        assert_eq!(with(&typed), Ok(Asked::Page));
        let by_name = |head: &mut Head| {
            head.host = "localhost:4000".into();
            head.origin = Some("http://localhost:4000".into());
        };
        assert_eq!(with(&by_name), Ok(Asked::Answer));
        for host in [
            "evil.example:4000",
            "127.0.0.1",
            "127.0.0.1:4001",
            "localhost",
            "",
            "127.0.0.1:4000.evil.example",
        ] {
            assert_eq!(with(&|head| head.host = host.into()), Err(Status::Forbidden), "{host}");
        }
        for origin in [
            "null",
            "http://evil.example",
            "https://127.0.0.1:4000",
            "http://localhost:4000",
            "http://127.0.0.1:4001",
        ] {
            assert_eq!(with(&|head| head.origin = Some(origin.into())), Err(Status::Forbidden), "{origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert_eq!(with(&|head| head.site = Some(site.into())), Err(Status::Forbidden), "{site}");
        }
        for target in ["/wrong/ask", "/t0k3/ask", "/t0k3n0/ask", "//ask", "/t0k3x/", "/T0K3N/"] {
            assert_eq!(with(&|head| head.target = target.into()), Err(Status::Forbidden), "{target}");
        }
        for target in
            ["/", "/t0k3n", "", "*", "/t0k3n/../ask", "/t0k3n/ask/", "http://127.0.0.1:4000/t0k3n/ask"]
        {
            assert!(with(&|head| head.target = target.into()).is_err(), "{target}");
        }
        for (method, target) in
            [("GET", "/t0k3n/ask"), ("POST", "/t0k3n/"), ("OPTIONS", "/t0k3n/ask"), ("PUT", "/t0k3n/start")]
        {
            let change = |head: &mut Head| (head.method, head.target) = (method.into(), target.into());
            assert_eq!(with(&change), Err(Status::WrongMethod), "{method} {target}");
        }
        for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
            let change = |head: &mut Head| head.content_type = kind.map(str::to_owned);
            assert_eq!(with(&change), Err(Status::WrongType), "{kind:?}");
        }
        assert_eq!(with(&|head| head.length = LONGEST + 1), Err(Status::TooLarge));
    }
}
