import Reporting
import Testing

/// Nothing that a user names something becomes markup.
struct MarkupTests {
  @Test func texts() {
    #expect(element(.p) { "a < b & \"c\" > 'd'" }.text == "<p>a &lt; b &amp; \"c\" &gt; 'd'</p>\n")
  }

  @Test func attributes() {
    #expect(
      element(.span, [.title: "\"><script>alert('x')</script>&amp;"]).text
        == "<span title=\"&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt;&amp;amp;\"></span>")
  }

  /// Characters that neither HTML nor XML has are shown as such.
  @Test func controls() {
    #expect(element(.span) { "a\u{0}b\u{8}c\u{FFFE}\td" }.text == "<span>a\u{FFFD}b\u{FFFD}c\u{FFFD}\td</span>")
  }

  @Test(arguments: ["价格", "كشك", "☕🍰", "e\u{301}"]) func otherScripts(text: String) {
    #expect(name(text).text == "<bdi>\(text)</bdi>")
  }
}
