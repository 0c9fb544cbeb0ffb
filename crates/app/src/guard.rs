//! A fault of the program in one report costs that report, and is told: the others are read all the same.

use rapporteur_report::Unread;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the fault was, as the hook was told.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What `work` gives; where it panics, what is to be told of the report at `path`. `work` must leave nothing
/// half done behind that anyone looks at afterwards.
pub fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, Unread> {
    quiet_hook();
    let before = IS_GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(before);
    result.map_err(|cause| {
        let place = PLACE.take();
        fault(
            path,
            &format!("the program failed on it, {place}: {}", said(&*cause)),
        )
    })
}

/// A fault of the program with the report at `path`.
pub fn fault(path: &str, why: &str) -> Unread {
    Unread {
        path: path.to_string(),
        why: why.to_string(),
        hint: "this is a fault of the program: please report it with the file".into(),
    }
}

/// What is guarded tells its faults itself; all others are told as ever.
fn quiet_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                return told(info);
            }
            let place = info.location().map(|at| format!("at {at}"));
            PLACE.set(place.unwrap_or_else(|| "somewhere".into()));
        }));
    });
}

fn said(cause: &(dyn Any + Send)) -> &str {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("it did not say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_and_the_rest_goes_on() {
        let texts = ["a", "", "b"];
        let first = |text: &str| {
            let text = text.to_string();
            guarded("x.html", || text.as_bytes()[0])
        };
        let found: Vec<_> = texts.into_iter().map(first).collect();
        assert_eq!(found[0], Ok(b'a'));
        assert_eq!(found[2], Ok(b'b'));
        let unread = found[1].as_ref().unwrap_err();
        assert_eq!(unread.path, "x.html");
        assert!(
            unread.why.contains("guard.rs:") && unread.why.contains("the len is 0"),
            "{unread:?}"
        );
        assert!(!IS_GUARDED.get());
    }
}
