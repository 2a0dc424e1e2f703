/// A sign or code that says which currency an amount is in, such as `€`, `EUR` or `kr`.
///
/// Some signs stand for several currencies; two marks agree if some currency fits both.
struct CurrencyMark: Hashable, Sendable {
  /// The ISO 4217 codes that it can stand for.
  let codes: Set<String>

  /// The mark that a text is, or nil if it is none.
  init?(_ text: String) {
    if Self.codes.contains(text) {
      codes = [text]
    } else if let codes = Self.signs[text] {
      self.codes = codes
    } else {
      return nil
    }
  }

  func agrees(with other: CurrencyMark) -> Bool { !codes.isDisjoint(with: other.codes) }

  private static let dollars: Set = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS"]

  private static let signs: [String: Set<String>] = [
    "€": ["EUR"], "£": ["GBP"], "¥": ["JPY", "CNY"], "$": dollars, "US$": ["USD"], "C$": ["CAD"], "CA$": ["CAD"],
    "A$": ["AUD"], "AU$": ["AUD"], "NZ$": ["NZD"], "S$": ["SGD"], "HK$": ["HKD"], "NT$": ["TWD"], "MX$": ["MXN"],
    "R$": ["BRL"], "₹": ["INR"], "₺": ["TRY"], "₽": ["RUB"], "₩": ["KRW"], "₪": ["ILS"], "₴": ["UAH"], "₫": ["VND"],
    "฿": ["THB"], "₱": ["PHP"], "₦": ["NGN"], "₸": ["KZT"], "₲": ["PYG"], "kr": ["SEK", "NOK", "DKK", "ISK"],
    "kr.": ["SEK", "NOK", "DKK", "ISK"], "zł": ["PLN"], "Kč": ["CZK"], "Ft": ["HUF"], "lei": ["RON"], "лв": ["BGN"],
    "лв.": ["BGN"], "Fr": ["CHF"], "Fr.": ["CHF"], "SFr.": ["CHF"], "Rs": ["INR", "PKR", "LKR"],
    "Rs.": ["INR", "PKR", "LKR"], "RM": ["MYR"], "Rp": ["IDR"], "R": ["ZAR"],
  ]

  private static let codes: Set<String> = Set(
    ("AED ARS AUD BDT BGN BHD BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP EUR GBP GEL GHS GTQ HKD HNL HUF IDR "
      + "ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR "
      + "SEK SGD THB TND TRY TWD UAH USD UYU UZS VND XAF XOF ZAR").split(separator: " ").map(String.init))
}
