//! Responses.

use std::io::{self, Write};

/// The status of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ok,
    BadRequest,
    Forbidden,
    NotFound,
    WrongMethod,
    TooSlow,
    LengthRequired,
    TooLarge,
    WrongType,
    HeadTooLarge,
    Busy,
    /// The work took more than it may.
    Limit,
}

impl Status {
    /// Its number and its words.
    pub fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::WrongMethod => "405 Method Not Allowed",
            Self::TooSlow => "408 Request Timeout",
            Self::LengthRequired => "411 Length Required",
            Self::TooLarge => "413 Content Too Large",
            Self::WrongType => "415 Unsupported Media Type",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::Busy => "503 Service Unavailable",
            Self::Limit => "504 Gateway Timeout",
        }
    }
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    status: Status,
    content_type: &'static str,
    policy: Option<String>,
    body: Vec<u8>,
}

impl Response {
    /// The page, and what it may do.
    pub fn page(text: String, policy: String) -> Self {
        let policy = Some(policy);
        Self { status: Status::Ok, content_type: "text/html; charset=utf-8", policy, body: text.into_bytes() }
    }

    /// JSON for the page.
    pub fn json(body: Vec<u8>) -> Self {
        Self { status: Status::Ok, content_type: "application/json", policy: None, body }
    }

    /// Words, of which the status has most.
    pub fn told(status: Status, words: &str) -> Self {
        let body = words.as_bytes().to_vec();
        Self { status, content_type: "text/plain; charset=utf-8", policy: None, body }
    }

    /// Writes it, and that nothing else comes.
    ///
    /// # Errors
    ///
    /// If nobody listens any more.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        // What is no page does nothing, wherever it is opened.
        let policy = self.policy.as_deref().unwrap_or("default-src 'none'; frame-ancestors 'none'; sandbox");
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\n\
             Content-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n",
            self.status.line(),
            self.content_type,
            self.body.len(),
        );
        out.write_all(head.as_bytes())?;
        out.write_all(&self.body)?;
        out.flush()
    }
}
