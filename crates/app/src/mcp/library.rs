//! The record that is asked about: read when it is first needed, and again when its file has changed.

use rapporteur_model::Date;
use rapporteur_record::{Background, Contents, Found, Log, State};
use serde_json::Value;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::SystemTime;

/// What tells that a file has changed: when it was, and its length; also of SQLite's file beside it.
type Stamp = Vec<Option<(SystemTime, u64)>>;

/// One record.
pub struct Library {
    path: PathBuf,
    background: Background,
    stamp: Stamp,
    contents: Option<Rc<Contents>>,
    /// The states that were asked for last, each as of its day.
    states: Vec<(Option<Date>, Rc<State>)>,
    /// The last answer, by its question: pages of one are asked for one after the other.
    answered: Option<(String, Rc<Vec<Value>>)>,
}

/// So many states are kept: today's, and two days that are compared.
const KEPT: usize = 3;

impl Library {
    /// The record at that path.
    pub fn over(path: PathBuf, background: Background) -> Library {
        Library {
            path,
            background,
            stamp: vec![],
            contents: None,
            states: vec![],
            answered: None,
        }
    }

    /// Has the file changed since it was last asked? Then all that was read of it is forgotten.
    pub fn refresh(&mut self) -> bool {
        let beside = |ending: &str| {
            let mut path = self.path.clone().into_os_string();
            path.push(ending);
            let meta = std::fs::metadata(path).ok()?;
            Some((meta.modified().ok()?, meta.len()))
        };
        let stamp = vec![beside(""), beside("-wal")];
        let changed = stamp != self.stamp;
        if changed {
            self.stamp = stamp;
            self.contents = None;
            self.states.clear();
            self.answered = None;
        }
        changed
    }

    /// The state as of a day, or of all reports.
    pub fn state(&mut self, as_of: Option<Date>) -> Result<Rc<State>, String> {
        if let Some((_, state)) = self.states.iter().find(|(day, _)| *day == as_of) {
            return Ok(Rc::clone(state));
        }
        let contents = match &self.contents {
            Some(contents) => Rc::clone(contents),
            None => {
                let contents = self.open()?.contents().map_err(|error| error.to_string())?;
                Rc::clone(self.contents.insert(Rc::new(contents)))
            }
        };
        let state = Rc::new(State::as_of(contents.as_ref().clone(), as_of));
        self.states.truncate(KEPT - 1);
        self.states.insert(0, (as_of, Rc::clone(&state)));
        Ok(state)
    }

    /// The answer to this question, where it was the last one.
    pub fn answered(&self, question: &str) -> Option<Rc<Vec<Value>>> {
        let (last, answer) = self.answered.as_ref()?;
        (last == question).then(|| Rc::clone(answer))
    }

    /// Keeps the answer to a question.
    pub fn answer(&mut self, question: String, answer: Vec<Value>) -> Rc<Vec<Value>> {
        let answer = Rc::new(answer);
        self.answered = Some((question, Rc::clone(&answer)));
        answer
    }

    /// The reports that have all of the words.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Found>, String> {
        (self.open()?.search(words, limit)).map_err(|error| error.to_string())
    }

    fn open(&self) -> Result<Log, String> {
        let log = Log::open_existing(&self.path).map_err(|error| error.to_string())?;
        Ok(log.with(self.background.clone()))
    }
}
