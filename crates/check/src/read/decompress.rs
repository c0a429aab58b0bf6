use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use isomorph_formats::split_ending;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    Gzip,
    Zstandard,
}

impl Compression {
    /// What the name of a file says: `.gz` or `.zst`.
    pub fn of(path: &Path) -> Option<Self> {
        let (_, ending) = split_ending(path.as_os_str().as_encoded_bytes())?;
        match ending {
            _ if ending.eq_ignore_ascii_case(b"gz") => Some(Self::Gzip),
            _ if ending.eq_ignore_ascii_case(b"zst") => Some(Self::Zstandard),
            _ => None,
        }
    }
}

/// What comes out of a file, or of standard input, with its compression undone.
pub fn decompressed(
    file: impl Read + Send + 'static,
    compression: Option<Compression>,
) -> Box<dyn Read + Send> {
    let buffered = |file| BufReader::with_capacity(1 << 16, file);
    match compression {
        Some(Compression::Gzip) => Box::new(MultiGzDecoder::new(buffered(file))),
        Some(Compression::Zstandard) => {
            Box::new(Zstandard { source: buffered(file), frame: FrameDecoder::new(), is_open: false })
        }
        None => Box::new(file),
    }
}

/// All frames of a Zstandard file, one after the other.
struct Zstandard<R> {
    source: BufReader<R>,
    frame: FrameDecoder,
    is_open: bool,
}

impl<R: Read> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.frame.can_collect() > 0 {
                return self.frame.read(buffer);
            }
            if !self.is_open || self.frame.is_finished() {
                self.is_whole()?;
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.next_frame()?;
                continue;
            }
            let enough = BlockDecodingStrategy::UptoBytes(buffer.len());
            self.frame.decode_blocks(&mut self.source, enough).map_err(io::Error::other)?;
        }
    }
}

impl<R: Read> Zstandard<R> {
    /// Holds what came out of a frame against the checksum at its end, if it has one.
    fn is_whole(&self) -> io::Result<()> {
        let (said, found) = (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum());
        if self.is_open && said.is_some() && said != found {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its checksum is another: the file is damaged",
            ));
        }
        Ok(())
    }

    fn next_frame(&mut self) -> io::Result<()> {
        match self.frame.reset(&mut self.source) {
            Ok(()) => self.is_open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                self.is_open = false;
                io::copy(&mut (&mut self.source).take(length.into()), &mut io::sink())?;
            }
            Err(FrameDecoderError::ReadFrameHeaderError(
                ReadFrameHeaderError::BadMagicNumber(_) | ReadFrameHeaderError::MagicNumberReadError(_),
            )) => return Err(io::Error::new(io::ErrorKind::InvalidData, "this is not Zstandard")),
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(())
    }
}
