package d2s.cli.linking;

/**
 * An account and what a provider calls it.
 *
 * @param user the user ID, {@code @alexander:example.org}; in a file perhaps the part before the
 *     colon alone, {@code alexander}
 * @param provider the name as in {@code user_external_ids.auth_provider}, {@code oidc-keycloak}
 * @param sub the id at the provider, which never changes there
 */
record Link(String user, String provider, String sub) {

  ExternalId externalId() {
    return new ExternalId(provider, sub);
  }

  /** An id at a provider. Synapse gives it to one account. */
  record ExternalId(String provider, String sub) {}

  @Override
  public String toString() {
    return user + ", " + provider + ", " + sub;
  }
}
