"""docs/tutorial.md, block after block as a reader would: files written, commands and Python run."""

import contextlib
import io
import os
import re
import subprocess
import time
from pathlib import Path

import nsobench
import tap

SOURCE = Path(nsobench.__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Tutorial(tap.Case):
    def sh(self, code):
        build = os.path.dirname(os.environ["NSOBENCH"])
        variables = {**os.environ, "PATH": f"{build}:{os.environ['PATH']}"}
        variables.pop("LD_PRELOAD", None)
        done = subprocess.run(["sh", "-e", "-c", code], capture_output=True, text=True, env=variables)
        self.assertEqual(done.returncode, 0, f"{code}\n{done.stdout}{done.stderr}")
        return done.stdout

    @tap.needs("pandas")
    @tap.needs_command("gnuplot")
    def test_every_block(self):
        text = (SOURCE / "docs" / "tutorial.md").read_text(encoding="utf-8")
        session, said, count, start = {"__name__": "tutorial"}, {}, 0, time.monotonic()
        for language, name, code in BLOCK.findall(text):
            if name:
                Path(name).write_text(code)
            elif language == "sh":
                said[code.split()[1]] = self.sh(code)
            elif language == "python":
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    exec(compile(code, "docs/tutorial.md", "exec"), session)
            else:
                self.fail(f"a block of {language} that nobody runs")
            count += 1
        self.assertGreaterEqual(count, 10)
        self.assertRegex(said["rates"], r"^holds +normed-ball-wins")
        self.assertRegex(said["tune"], r"Normed ball +9 +normed-ball:lr=")
        self.assertTrue(Path("tuned/report.html").exists())
        self.assertLess(time.monotonic() - start, 300)


if __name__ == "__main__":
    tap.main()
