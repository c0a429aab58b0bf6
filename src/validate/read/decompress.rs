use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Opens a file, and undoes the compression that its name says: `.gz` or `.zst`.
///
/// # Errors
///
/// If it cannot be opened, or does not begin as it should.
pub fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    let file = File::open(path)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    Ok(match extension.to_lowercase().as_str() {
        "gz" => Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file))),
        "zst" => {
            let source = BufReader::with_capacity(1 << 16, file);
            Box::new(Zstandard { source, frame: FrameDecoder::new(), is_open: false })
        }
        _ => Box::new(file),
    })
}

/// All frames of a Zstandard file, one after the other.
struct Zstandard {
    source: BufReader<File>,
    frame: FrameDecoder,
    is_open: bool,
}

impl Read for Zstandard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.frame.can_collect() > 0 {
                return self.frame.read(buffer);
            }
            if !self.is_open || self.frame.is_finished() {
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

impl Zstandard {
    fn next_frame(&mut self) -> io::Result<()> {
        match self.frame.reset(&mut self.source) {
            Ok(()) => self.is_open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                self.is_open = false;
                io::copy(&mut (&mut self.source).take(length.into()), &mut io::sink())?;
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(())
    }
}
