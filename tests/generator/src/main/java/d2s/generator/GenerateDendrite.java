package d2s.generator;

import d2s.generator.random.Size;
import java.util.Map;
import java.util.concurrent.Callable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills an empty database with a generated Dendrite. */
@Command(
    name = "generate-dendrite",
    mixinStandardHelpOptions = true,
    description = "Fills an empty PostgreSQL database with a made-up Dendrite 0.13.8 of any size.")
public final class GenerateDendrite implements Callable<Integer> {

  @Option(names = "--database", required = true, description = "jdbc:postgresql:... URL")
  private String url;

  @Option(names = "--events", required = true, description = "How many events.")
  private long events;

  @Option(names = "--users", description = "How many local users; default: in proportion.")
  private Integer users;

  @Option(names = "--rooms", description = "How many rooms; default: in proportion.")
  private Integer rooms;

  @Option(names = "--big-members", description = "Members of the big room.")
  private Integer bigMembers;

  @Option(names = "--big-changes", description = "Changes of the state of the big room.")
  private Integer bigChanges;

  @Option(names = "--seed", description = "The same seed gives the same database.")
  private Long seed;

  private GenerateDendrite() {}

  /** Runs the program. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new GenerateDendrite()).execute(arguments));
  }

  private Size size() {
    Size size = Size.of(events);
    if (users != null) {
      size = size.withUsers(users);
    }
    if (rooms != null) {
      size = size.withRooms(rooms);
    }
    size =
        size.withBigRoom(
            bigMembers == null ? size.bigMembers() : bigMembers,
            bigChanges == null ? size.bigChanges() : bigChanges);
    return seed == null ? size : size.withSeed(seed);
  }

  @Override
  public Integer call() throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    long start = System.nanoTime();
    Map<String, Long> counts = new GeneratedDendrite(size(), database).write();
    counts.forEach((table, rows) -> System.out.printf("%-45s %,12d%n", table, rows));
    System.out.printf("written in %.1f s%n", (System.nanoTime() - start) / 1e9);
    return 0;
  }
}
