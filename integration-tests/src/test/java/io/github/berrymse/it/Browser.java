package io.github.berrymse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's headless Chromium with a fresh profile, which speaks with this machine only. Confined to the test's thread. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether this machine has one: Debian's packages {@code chromium} and {@code chromium-driver}. */
    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER);
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                        "--autoplay-policy=no-user-gesture-required",
                        "--window-size=1280,800",
                        "--user-data-dir=" + newProfile());
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        // The driver's path is given, so that Selenium Manager does not look for one on the network.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(CHROMEDRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Path newProfile() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param width of the window in CSS pixels, at least about 500 where Chromium has its way */
    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Returns when the page and its classic scripts are loaded. */
    void open(String url) {
        driver.get(url);
    }

    /** @param expression of JavaScript; what it gives as a Long, Double, Boolean, String, List, Map or null */
    Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    double number(String expression) {
        return ((Number) value(expression)).doubleValue();
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /**
     * Runs a script in which {@code await} and {@code import()} may be used.
     *
     * @param script the body of an async function
     * @return what it returns; an error that it throws fails the test with its words
     */
    Object run(String script) {
        Object answer = driver.executeAsyncScript("const done = arguments[0]; (async () => {" + script
                + "})().then(done, error => done('failed: ' + error.stack))");
        if (answer instanceof String words && words.startsWith("failed: ")) {
            throw new AssertionError(words);
        }
        return answer;
    }

    /** {@code stats()} of the page's first player. */
    @SuppressWarnings("unchecked")
    Map<String, Object> stats() {
        return (Map<String, Object>) value("BerryMSE.players[0].stats()");
    }

    /** Waits until an expression is true, and fails with the player's figures when it does not become so. */
    void await(String expression) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(value("Boolean(" + expression + ")"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so: " + expression + "; player: "
                        + value("window.BerryMSE?.players[0]?.stats()") + "; page: " + driver.getTitle());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** What the page has written to the console as an error since the last call, the network's failures included. */
    List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Saves {@code target/screenshots/NAME.png}. */
    Path screenshot(String name) throws IOException {
        Path file = Files.createDirectories(SCREENSHOTS).resolve(name + ".png");
        return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
