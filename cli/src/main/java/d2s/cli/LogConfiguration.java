package d2s.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Sends warnings of libraries to standard error. It is code and not an XML file because reading the
 * file would take longer than everything else that happens before the first row moves. A {@code
 * logback-test.xml} on the class path comes first.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL)
public final class LogConfiguration extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext loggerContext) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(loggerContext);
    encoder.setPattern("%-5level %logger{0}: %msg%n%nopex");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(loggerContext);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    loggerContext.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    loggerContext.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    // A connection that breaks is reported by whoever used it.
    loggerContext.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    // The embedded PostgreSQL logs as errors what it also throws, and what does not matter.
    loggerContext.getLogger("io.zonky").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
