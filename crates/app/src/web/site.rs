//! A record as it is served: one computed state, made anew when the record has changed.

use super::map::Boundaries;
use crate::cli::gazetteer::located;
use rapporteur_model::Judgement;
use rapporteur_places::Gazetteer;
use rapporteur_record::{Added, Background, Error, Found, Log};
use rapporteur_views::desk::Desk;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

/// A record that takes longer to compute is computed beside the answers, which show the last state meanwhile.
const AT_ONCE: Duration = Duration::from_secs(2);

/// A record with what is computed from it.
pub struct Site {
    path: PathBuf,
    background: Background,
    gazetteer: Gazetteer,
    /// Lines to draw the map over.
    pub boundaries: Boundaries,
    log: Mutex<Log>,
    held: RwLock<Held>,
    /// Taken by whoever computes.
    computing: Mutex<()>,
}

#[derive(Clone)]
struct Held {
    desk: Arc<Desk>,
    stamp: Stamp,
    took: Duration,
}

/// By which a change of the record shows: size and time of the file, and of the log written ahead of it.
type Stamp = Vec<Option<(u64, SystemTime)>>;

impl Site {
    /// Opens a record and computes its state.
    ///
    /// # Errors
    /// The record is not there, or cannot be read.
    pub fn open(
        path: &Path,
        background: Background,
        gazetteer: Gazetteer,
        boundaries: Boundaries,
    ) -> Result<Site, Error> {
        let mut log = Log::open_existing(path)?.with(background.clone());
        let held = compute(&mut log, path, &gazetteer)?;
        Ok(Site {
            path: path.to_path_buf(),
            background,
            gazetteer,
            boundaries,
            log: Mutex::new(log),
            held: RwLock::new(held),
            computing: Mutex::new(()),
        })
    }

    /// The record's name: its file's, without the ending.
    pub fn name(&self) -> String {
        let stem = self.path.file_stem().unwrap_or(self.path.as_os_str());
        stem.to_string_lossy().into_owned()
    }

    /// The state as it was last computed.
    pub fn desk(&self) -> Arc<Desk> {
        self.now().desk
    }

    fn now(&self) -> Held {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The state of the record as it is now; true: it has changed since, and that is being computed.
    pub fn fresh(self: &Arc<Self>) -> (Arc<Desk>, bool) {
        let held = self.now();
        if held.stamp == stamp(&self.path) {
            return (held.desk, false);
        }
        if held.took <= AT_ONCE {
            self.refresh();
            return (self.desk(), false);
        }
        // Who finds it being computed need not compute it as well.
        if self.computing.try_lock().is_ok() {
            let site = Arc::clone(self);
            std::thread::spawn(move || site.refresh());
        }
        (held.desk, true)
    }

    /// Computes the state anew, if the record has changed. A record that cannot be read leaves the last state.
    pub fn refresh(&self) {
        let _computing = self
            .computing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if self.now().stamp == stamp(&self.path) {
            return;
        }
        // A log of its own, so that searches go on.
        let computed = Log::open_existing(&self.path)
            .map(|log| log.with(self.background.clone()))
            .and_then(|mut log| compute(&mut log, &self.path, &self.gazetteer));
        if let Ok(held) = computed {
            *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
        }
    }

    /// Looks words up.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Found>, Error> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.search(words, limit)
    }

    /// Adds a judgement and computes the state with it.
    ///
    /// # Errors
    /// The record cannot be written to.
    pub fn judge(&self, judgement: &Judgement) -> Result<Added, Error> {
        let added = {
            let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
            log.judge(judgement)?
        };
        self.refresh();
        Ok(added)
    }
}

fn compute(log: &mut Log, path: &Path, gazetteer: &Gazetteer) -> Result<Held, Error> {
    let start = Instant::now();
    // Before reading: what comes in meanwhile is a change. So is keeping what was computed; that is then read
    // once more.
    let stamp = stamp(path);
    let judgements = log.judgements()?;
    let state = log.state()?;
    let places = located(&state, gazetteer);
    let desk = Desk::new(state, places, judgements);
    // Nobody shall wait for the first look.
    desk.overview();
    Ok(Held {
        desk: Arc::new(desk),
        stamp,
        took: start.elapsed(),
    })
}

fn stamp(path: &Path) -> Stamp {
    let mut ahead = path.as_os_str().to_os_string();
    ahead.push("-wal");
    [path, Path::new(&ahead)]
        .into_iter()
        .map(|path| {
            let about = std::fs::metadata(path).ok()?;
            (about.len() > 0).then_some((about.len(), about.modified().ok()?))
        })
        .collect()
}
