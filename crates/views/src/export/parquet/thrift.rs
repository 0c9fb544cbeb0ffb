//! Thrift's compact protocol, as much of it as a Parquet footer needs.

/// Types of fields and of what lists hold.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Longer lists have their length behind the head.
const SHORT: usize = 15;

/// A structure that is being written: its fields must come in order of their numbers, which are at
/// least 1 and less than 16 apart.
pub struct Struct {
    bytes: Vec<u8>,
    last: i16,
}

impl Struct {
    /// A structure without fields.
    pub fn new() -> Struct {
        Struct {
            bytes: Vec::new(),
            last: 0,
        }
    }

    fn field(&mut self, number: i16, kind: u8) {
        let step = u8::try_from(number - self.last).unwrap_or(0);
        debug_assert!(
            (1..16).contains(&step),
            "field {number} after {}",
            self.last
        );
        self.bytes.push(step << 4 | kind);
        self.last = number;
    }

    /// A field that holds a number of 32 bits.
    pub fn i32(&mut self, number: i16, value: i32) {
        self.field(number, I32);
        varint(&mut self.bytes, zigzag(i64::from(value)));
    }

    /// A field that holds a number of 64 bits.
    pub fn i64(&mut self, number: i16, value: i64) {
        self.field(number, I64);
        varint(&mut self.bytes, zigzag(value));
    }

    /// A field that holds bytes.
    pub fn binary(&mut self, number: i16, value: &[u8]) {
        self.field(number, BINARY);
        binary(&mut self.bytes, value);
    }

    /// A field that holds a structure.
    pub fn structure(&mut self, number: i16, value: Struct) {
        self.field(number, STRUCT);
        self.bytes.extend(value.end());
    }

    /// A field that holds a list of numbers of 32 bits.
    pub fn i32s(&mut self, number: i16, values: &[i32]) {
        self.list(number, I32, values.len());
        for value in values {
            varint(&mut self.bytes, zigzag(i64::from(*value)));
        }
    }

    /// A field that holds a list of bytes.
    pub fn binaries(&mut self, number: i16, values: &[&[u8]]) {
        self.list(number, BINARY, values.len());
        for value in values {
            binary(&mut self.bytes, value);
        }
    }

    /// A field that holds a list of structures.
    pub fn structures(&mut self, number: i16, values: Vec<Struct>) {
        self.list(number, STRUCT, values.len());
        for value in values {
            self.bytes.extend(value.end());
        }
    }

    fn list(&mut self, number: i16, kind: u8, length: usize) {
        self.field(number, LIST);
        match u8::try_from(length).ok().filter(|_| length < SHORT) {
            Some(short) => self.bytes.push(short << 4 | kind),
            None => {
                self.bytes.push(0xf0 | kind);
                varint(&mut self.bytes, length as u64);
            }
        }
    }

    /// Its bytes.
    pub fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

fn binary(bytes: &mut Vec<u8>, value: &[u8]) {
    varint(bytes, value.len() as u64);
    bytes.extend_from_slice(value);
}

/// Numbers near zero become small whatever their sign.
fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let of = |value| {
            let mut bytes = Vec::new();
            varint(&mut bytes, value);
            bytes
        };
        assert_eq!(of(0), [0]);
        assert_eq!(of(300), [0xac, 2]);
        assert_eq!(of(u64::MAX).len(), 10);
        assert_eq!(
            [zigzag(0), zigzag(-1), zigzag(1), zigzag(i64::MIN)],
            [0, 1, 2, u64::MAX]
        );
    }

    #[test]
    fn fields_and_lists() {
        let mut inner = Struct::new();
        inner.i64(9, -2);
        let mut outer = Struct::new();
        outer.i32(1, 3);
        outer.binaries(3, &[b"a", b""]);
        outer.structure(4, inner);
        assert_eq!(
            outer.end(),
            [0x15, 6, 0x29, 0x28, 1, b'a', 0, 0x1c, 0x96, 3, 0, 0]
        );
        let mut long = Struct::new();
        long.i32s(1, &[0; 15]);
        assert_eq!(long.end()[..3], [0x19, 0xf5, 15]);
    }
}
