//! Events and ties out of small texts.
