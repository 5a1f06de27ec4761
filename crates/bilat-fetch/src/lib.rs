//! Downloads from a source's origin: resumable, bounded, atomic
