package d2s.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link SwitchoverFaults} is run now and then only; that its mistakes still fit the mapping files
 * is seen at once.
 */
class InjectedFaultTest {
  @TempDir private Path directory;

  @Test
  void everyMistakeFitsTheMappingFilesOnce() throws Exception {
    List<InjectedFault> faults =
        Stream.concat(
                InjectedFault.inAnswers().stream(),
                InjectedFault.inActs().stream().flatMap(notice -> notice.faults().stream()))
            .toList();
    Set<String> names = new HashSet<>();
    for (InjectedFault fault : faults) {
      names.add(fault.name());
      Path place = fault.in(directory.resolve(Integer.toString(names.size())));
      assertThat(Files.readString(place.resolve(fault.file())))
          .as(fault.name())
          .contains(fault.wrong());
    }
    assertThat(names).hasSameSizeAs(faults).hasSizeGreaterThanOrEqualTo(20);
  }
}
