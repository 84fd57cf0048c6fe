package d2s.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the jar's manifest carries. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "d2s " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
    };
  }
}
