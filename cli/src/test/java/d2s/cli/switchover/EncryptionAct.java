package d2s.cli.switchover;

/** What people say to each other so that no server can read it. */
final class EncryptionAct implements Act {}
