package d2s.cli.site;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A page as a parser of XML has it: that takes nothing that is not closed or escaped. */
record SitePage(String path, List<Element> elements, Map<String, Element> byId) {

  static SitePage parse(String path, String text) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(
                  new ByteArrayInputStream(
                      text.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
      List<Element> elements = new ArrayList<>();
      Map<String, Element> byId = new HashMap<>();
      NodeList all = document.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        Element element = (Element) all.item(i);
        elements.add(element);
        if (element.hasAttribute("id")) {
          byId.putIfAbsent(element.getAttribute("id"), element);
        }
      }
      return new SitePage(path, elements, byId);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(path, e);
    }
  }

  Set<String> ids() {
    return byId.keySet();
  }

  Element byId(String id) {
    return byId.get(id);
  }

  List<Element> all(String tag) {
    return elements.stream()
        .filter(element -> tag.equals("*") || element.getTagName().equals(tag))
        .toList();
  }

  String title() {
    return all("h1").get(0).getTextContent();
  }

  List<Integer> headings() {
    return elements.stream()
        .map(Element::getTagName)
        .filter(tag -> tag.matches("h[1-6]"))
        .map(tag -> Integer.parseInt(tag.substring(1)))
        .toList();
  }

  List<String> duplicateIds() {
    return elements.stream()
        .filter(element -> element.hasAttribute("id"))
        .filter(element -> byId.get(element.getAttribute("id")) != element)
        .map(element -> element.getAttribute("id"))
        .toList();
  }

  /** Whatever a browser would load or go to. */
  List<String> references() {
    List<String> references = new ArrayList<>();
    for (Element element : elements) {
      for (String attribute : List.of("href", "src", "action")) {
        if (element.hasAttribute(attribute)) {
          references.add(element.getAttribute(attribute));
        }
      }
    }
    return references;
  }

  /** The path of a page that this one refers to. */
  String resolve(String reference) {
    return reference.isEmpty()
        ? path
        : Path.of(path).resolveSibling(reference).normalize().toString();
  }
}
