package d2s.singlesignon;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person does in a browser to log in by single sign-on. */
final class Browser {

  private static final Pattern TOKEN = Pattern.compile("loginToken=([A-Za-z0-9_.~-]+)");
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final int PAGES = 12;

  private final HttpClient http = HttpClient.newHttpClient();

  /** As a browser treats the loopback address: cookies for TLS are sent to it too. */
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /**
   * Goes from page to page until Synapse hands over a token.
   *
   * @param sub what is written into the form of the provider
   * @return the token for {@code m.login.token}
   */
  String login(URI start, String sub) throws IOException, InterruptedException {
    StringBuilder way = new StringBuilder();
    HttpRequest.Builder next = HttpRequest.newBuilder(start);
    for (int page = 0; page < PAGES; page++) {
      HttpResponse<String> answer = open(next);
      way.append(answer.statusCode()).append(' ').append(answer.uri()).append('\n');
      String location = answer.headers().firstValue("location").orElse("");
      Matcher token = TOKEN.matcher(location + answer.body());
      if (token.find()) {
        return token.group(1);
      }
      Matcher form = FORM.matcher(answer.body());
      if (!location.isEmpty()) {
        next = HttpRequest.newBuilder(answer.uri().resolve(location));
      } else if (form.find()) {
        next = submit(answer.uri().resolve(form.group(1)), answer.body(), sub);
      } else {
        throw new AssertionError("no way on from here:\n" + way + answer.body());
      }
    }
    throw new AssertionError("too many pages:\n" + way);
  }

  private HttpResponse<String> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String cookie : answer.headers().allValues("set-cookie")) {
      String[] parts = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(parts[0], parts[1]);
    }
    return answer;
  }

  private static HttpRequest.Builder submit(URI target, String page, String sub) {
    String prompt = page.contains("value=\"login\"") ? "login" : "consent";
    String fields =
        "prompt="
            + prompt
            + "&login="
            + URLEncoder.encode(sub, StandardCharsets.UTF_8)
            + "&password=x";
    return HttpRequest.newBuilder(target)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields));
  }
}
