package io.promptmill.spark.eval.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A headless Chromium, where the machine has one.
 *
 * @param program its executable
 */
record Browser(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int MOST_SECONDS = 60;

  /**
   * What a page became.
   *
   * @param dom its elements after its scripts ran
   * @param console messages of its scripts, uncaught errors among them
   */
  record Rendered(String dom, List<String> console) {

    /** Text between an element that begins with {@code start} and the next tag. */
    String textOf(String start) {
      int at = dom.indexOf(start);
      return at < 0 ? "" : dom.substring(dom.indexOf('>', at) + 1, dom.indexOf('<', at + 1));
    }

    int count(String text) {
      return dom.split(Pattern.quote(text), -1).length - 1;
    }
  }

  static Optional<Browser> find() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /**
   * Opens a local file as a user would.
   *
   * @param view what stands behind the file's name in the address, such as {@code #show=wrong}
   */
  Rendered open(Path page, String view) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(page.getParent(), "browser");
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri() + view)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the browser took more than " + MOST_SECONDS + " s for " + page);
    }
    List<String> console =
        Files.readString(log).lines().filter(line -> line.contains(":CONSOLE")).toList();
    return new Rendered(Files.readString(dom), console);
  }
}
