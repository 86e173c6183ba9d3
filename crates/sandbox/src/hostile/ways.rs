//! How the ways of one step are written down: a name for configurations and forms, and a sentence that is documentation
//! and help text at once.

/// Declares the ways of one step: `/// Sentence.` and `Name = "name",` for each.
macro_rules! ways {
    ($(#[$about:meta])* $name:ident { $(#[doc = $meaning:literal] $way:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $(#[doc = $meaning] $way,)+ }

        impl $name {
            /// All of them, in the order in which they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$way,)+];

            /// Its name within the step.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$way => $text,)+ }
            }

            /// What the server does, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$way => $meaning,)+ }.trim_start()
            }
        }
    };
}

pub(super) use ways;
