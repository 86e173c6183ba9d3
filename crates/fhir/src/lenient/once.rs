//! The quick way: a lenient field read in one walk over the text, without looking at any part of it twice.
//!
//! Read the careful way, a value is first found whole and then read by itself, so that it can fail by itself; what stands
//! five levels deep is gone over five times. Here everything is read where it stands. What cannot be read alone, such as
//! text with half of a surrogate pair, breaks the walk, and the whole resource is read the careful way instead.
//!
//! *Invariant:* where the quick way gives an answer, it is that of the careful way.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, CowStrDeserializer, Error as ValueError, MapAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};

thread_local! {
    /// Whether this thread is on such a walk.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
}

/// True while this thread reads the quick way.
pub(crate) fn is_under_way() -> bool {
    UNDER_WAY.get()
}

/// Reads a text, the quick way first, and the careful way where that breaks.
pub(super) fn first<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    let quickly = {
        let _walk = Walk(UNDER_WAY.replace(true));
        serde_json::from_str(json)
    };
    quickly.or_else(|_| {
        let _walk = Walk(UNDER_WAY.replace(false));
        serde_json::from_str(json)
    })
}

/// Reads a text the quick way only, for tests that want to know whether it breaks.
#[cfg(test)]
pub(super) fn only<T: DeserializeOwned>(json: &str) -> serde_json::Result<T> {
    let _walk = Walk(UNDER_WAY.replace(true));
    serde_json::from_str(json)
}

/// Ends a walk, by a panic too.
struct Walk(bool);

impl Drop for Walk {
    fn drop(&mut self) {
        UNDER_WAY.set(self.0);
    }
}

/// Where the values go that can be read: one place, or a list.
pub(super) trait Places<T>: Default {
    /// True where no further value is wanted.
    fn is_full(&self) -> bool;
    /// Puts a value in its place.
    fn put(&mut self, value: T);
}

impl<T> Places<T> for Option<T> {
    fn is_full(&self) -> bool {
        self.is_some()
    }

    fn put(&mut self, value: T) {
        *self = Some(value);
    }
}

impl<T> Places<T> for Vec<T> {
    fn is_full(&self) -> bool {
        false
    }

    fn put(&mut self, value: T) {
        self.push(value);
    }
}

/// Reads a field: a value, or a list of values.
pub(super) fn field<'de, T: DeserializeOwned, P: Places<T>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<P, D::Error> {
    let mut places = P::default();
    deserializer.deserialize_any(Field { places: &mut places, in_list: false, of: PhantomData })?;
    Ok(places)
}

struct Field<'p, T, P> {
    places: &'p mut P,
    in_list: bool,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned, P: Places<T>> DeserializeSeed<'de> for Field<'_, T, P> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<T: DeserializeOwned, P: Places<T>> Field<'_, T, P> {
    /// Puts what was read into its place; what is not a `T` leaves it empty.
    fn put<E>(self, read: Result<T, E>) {
        if let Ok(value) = read {
            self.places.put(value);
        }
    }
}

impl<'de, T: DeserializeOwned, P: Places<T>> Visitor<'de> for Field<'_, T, P> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(value)));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(value)));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(value)));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(value)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(text)));
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.put(T::deserialize(BorrowedStrDeserializer::<ValueError>::new(text)));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        // A list within a list is none: a struct would take it for its fields in order.
        while !self.in_list && !self.places.is_full() {
            let member = Field { places: &mut *self.places, in_list: true, of: PhantomData };
            if list.next_element_seed(member)?.is_none() {
                return Ok(());
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let first = map.next_key::<Key<'de>>()?;
        if first.as_ref().is_some_and(|Key(name)| name == NUMBER) {
            let text: String = map.next_value()?;
            if text.contains(['e', 'E']) {
                return Err(A::Error::custom("serde_json changes the text of an exponent"));
            }
            self.put(serde_json::from_str::<T>(&text));
            return Ok(());
        }
        let mut object = Object { map, ended: first.is_none(), first, value_waits: false, broken: false };
        let read = T::deserialize(MapAccessDeserializer::new(&mut object));
        match read {
            Err(error) if object.broken => return Err(error),
            read => self.put(read),
        }
        object.leave()
    }
}

/// The key under which serde_json shows a number with its text (feature `arbitrary_precision`); whole numbers come as such.
///
/// serde_json itself takes an object with this key for a number, and so does the quick way; no record has one.
const NUMBER: &str = "$serde_json::private::Number";

/// A key, borrowed where it can be.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}

/// An object whose first key was looked at already, and that can be left in the middle.
struct Object<'de, A> {
    map: A,
    first: Option<Key<'de>>,
    /// No key is left.
    ended: bool,
    /// A key was read, and its value was not.
    value_waits: bool,
    /// A value could not be read where it stands, so nobody knows where the text goes on.
    broken: bool,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    /// Passes over what was not read.
    fn leave(mut self) -> Result<(), A::Error> {
        if self.broken {
            return Err(A::Error::custom("a value could not be read where it stands"));
        }
        if self.value_waits || self.first.take().is_some() {
            self.map.next_value::<IgnoredAny>()?;
        }
        while !self.ended && self.map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Object<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if let Some(Key(first)) = self.first.take() {
            self.value_waits = true;
            return seed.deserialize(CowStrDeserializer::new(first)).map(Some);
        }
        if self.ended {
            return Ok(None);
        }
        let key = self.map.next_key_seed(seed);
        match &key {
            Ok(Some(_)) => self.value_waits = true,
            Ok(None) => self.ended = true,
            Err(_) => self.broken = true,
        }
        key
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.value_waits = false;
        let value = self.map.next_value_seed(seed);
        self.broken |= value.is_err();
        value
    }
}
