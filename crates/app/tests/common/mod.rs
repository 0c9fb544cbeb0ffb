//! Runs the real binary in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder for one test, emptied before it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(test: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and its folder where it is missing.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Writes the story that most tests read: five reports, of which one reprints another.
    pub fn write_story(&self) {
        for (name, text) in STORY {
            self.write(&format!("in/{name}"), text);
        }
        self.write("manifest.csv", MANIFEST);
    }

    /// Reads the story into `name`, with its manifest.
    pub fn read_story(&self, name: &str) -> Ran {
        self.write_story();
        self.run(&["read", "in", "--record", name, "--manifest", "manifest.csv"])
    }

    /// Runs a command line in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command line with standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        use std::io::Write;
        let mut command = self.command(arguments);
        let mut child = (command.stdin(Stdio::piped()))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The tool prints while it reads: both must go on at once.
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(input).unwrap());
            Ran::of(child.wait_with_output().unwrap())
        })
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("RAPPORTEUR_NOW", "2031-04-01T12:00:00Z")
            .env("USER", "tester")
            // Nobody's own configuration is asked.
            .env("XDG_CONFIG_HOME", "/nowhere")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }
}

/// How a run went.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        Ran {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Panics with all that was printed unless it ended with this status.
    #[track_caller]
    pub fn ended(self, status: i32) -> Ran {
        assert_eq!(self.status, status, "\n{}\n{}", self.out, self.err);
        self
    }

    /// Everything printed, as a snapshot.
    pub fn all(&self) -> String {
        format!(
            "{}--- messages, status {}\n{}",
            self.out, self.status, self.err
        )
    }
}

const STORY: &[(&str, &str)] = &[
    (
        "01-wire.txt",
        "Army takes Velka\n\nThe army took the town of Velka on Friday, the defence ministry of \
         Orland said. At least 12 soldiers were killed in the fighting, General Pavo Orsolo told \
         reporters in Port Lenn.\n\nTalks between the government of Orland and the Northern Front \
         began in Port Lenn on Monday, a government spokesman said.\n",
    ),
    (
        "02-echo.txt",
        "Velka falls to army\n\n(North Wire) The army took the town of Velka on Friday, the \
         defence ministry of Orland said. At least 12 soldiers were killed in the fighting, \
         General Pavo Orsolo told reporters in Port Lenn.\n",
    ),
    (
        "03-post.txt",
        "Front says it holds Velka\n\nFighters of the Northern Front hold the town of Velka, a \
         spokesman for the Northern Front said on Sunday. He denied that the army had taken the \
         town. “Nobody has driven us out,” the spokesman said.\n",
    ),
    (
        "04-gazette.txt",
        "Front offers truce\n\nThe Northern Front offered a ceasefire of two weeks in exchange \
         for the release of 300 prisoners, a government negotiator said on Tuesday. No date was \
         set for the next meeting.\n",
    ),
    (
        "05-page.txt",
        "What residents say\n\nResidents of Velka said that 7 people were killed in the town on \
         2 March 2031. The hospital of Velka counted 9 dead.\n",
    ),
];

const MANIFEST: &str = "path,publisher,published
01-wire.txt,North Wire,2031-03-01
02-echo.txt,Daily Echo,2031-03-02
03-post.txt,Harbour Post,2031-03-03
04-gazette.txt,Lenn Gazette,2031-03-05
";
