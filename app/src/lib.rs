//! The screens: parts, sections, pages, islands, server functions.
