package io.openova.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPHeaders.HTTPHeader;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.auth.AuthManager;
import org.apache.iceberg.rest.auth.AuthSession;

/** Shows the catalog the token of the pod, read for every request: the one of a minute ago may have ended, or be of another pod. */
public final class TokenFile implements AuthManager {
  /** Iceberg makes it by this constructor. */
  public TokenFile(String name) {}

  @Override
  public AuthSession catalogSession(RESTClient client, Map<String, String> properties) {
    return new Session(Path.of(properties.get("token-file")));
  }

  /** Of whoever asks the catalog to sign an object. */
  @Override
  public AuthSession tableSession(RESTClient client, Map<String, String> properties) {
    return catalogSession(client, properties);
  }

  @Override
  public void close() {}

  private record Session(Path file) implements AuthSession {
    @Override
    public HTTPRequest authenticate(HTTPRequest request) {
      HTTPHeaders shown = HTTPHeaders.of(HTTPHeader.of("Authorization", "Bearer " + token()));
      return ImmutableHTTPRequest.builder().from(request).headers(request.headers().putIfAbsent(shown)).build();
    }

    private String token() {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
