//! Feeds and folders that reports come into, looked at again and again.
//!
//! `address` and `robots` say what may be asked for, `client` asks politely, `memory` is what is remembered from run to
//! run; `web` makes reports of what feeds and their pages send, `folder` of files that are at rest.

mod address;
mod client;
mod folder;
mod memory;
mod robots;
mod web;

pub use address::Address;
pub use client::Client;
pub use folder::{Due, due, stamp};
pub use memory::Memory;
pub use web::{Asked, Asking, ask_all};
