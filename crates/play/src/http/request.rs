//! The head of a request, as far as it matters here.

use super::response::Status;

/// How many headers there may be.
const HEADERS: usize = 64;

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// `GET`, `POST`.
    pub method: String,
    /// The path, with what follows it.
    pub target: String,
    /// Whom it is for.
    pub host: String,
    /// The page that it comes from, if that is told.
    pub origin: Option<String>,
    /// How that page stands to this server, if the browser tells.
    pub site: Option<String>,
    /// What the body is.
    pub content_type: Option<String>,
    /// How long the body is.
    pub length: u64,
}

impl Head {
    /// Reads a head; gives how many bytes it is long too. `None` if more of it is to come.
    ///
    /// # Errors
    ///
    /// The response, if it is no request that is understood here.
    pub fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, Status> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let end = match request.parse(bytes) {
            Ok(httparse::Status::Complete(end)) => end,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(Status::BadRequest),
        };
        let text =
            |value: &[u8]| std::str::from_utf8(value).map(str::to_owned).map_err(|_| Status::BadRequest);
        let one = |name: &str| -> Result<Option<String>, Status> {
            let mut found = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
            let first = found.next().map(|header| text(header.value)).transpose()?;
            // What is said twice may be read in two ways.
            if found.next().is_some() { Err(Status::BadRequest) } else { Ok(first) }
        };
        if one("transfer-encoding")?.is_some() {
            return Err(Status::LengthRequired);
        }
        let is_number =
            |length: &String| !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let length = match one("content-length")? {
            None => 0,
            Some(length) if is_number(&length) => length.parse().map_err(|_| Status::TooLarge)?,
            Some(_) => return Err(Status::BadRequest),
        };
        let head = Self {
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or_default().to_owned(),
            host: one("host")?.ok_or(Status::BadRequest)?,
            origin: one("origin")?,
            site: one("sec-fetch-site")?,
            content_type: one("content-type")?,
            length,
        };
        Ok(Some((head, end)))
    }
}

#[cfg(test)]
mod tests {
    use super::Head;
    use crate::http::Status;

    #[test]
    fn a_head_is_read_or_refused() {
        let read = |text: &str| {
            Head::parse(text.as_bytes()).map(|found| found.map(|(head, end)| (head.length, end)))
        };
        let whole = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(read(&format!("{whole}abc")), Ok(Some((3, whole.len()))));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: h\r\n"), Ok(None));
        for (text, status) in [
            ("GET / HTTP/1.1\r\n\r\n", Status::BadRequest),
            ("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", Status::BadRequest),
            ("GET / HTTP/1.1\r\nHost: a\r\nOrigin: b\r\nOrigin: c\r\n\r\n", Status::BadRequest),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n", Status::BadRequest),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", Status::TooLarge),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", Status::LengthRequired),
            ("GET\u{0} / HTTP/1.1\r\nHost: a\r\n\r\n", Status::BadRequest),
            ("\u{16}\u{3}\u{1}", Status::BadRequest),
        ] {
            assert_eq!(read(text), Err(status), "{text:?}");
        }
        let many = "X: y\r\n".repeat(65);
        assert_eq!(read(&format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n")), Err(Status::BadRequest));
    }
}
