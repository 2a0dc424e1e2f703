/// How the page looks: colours of Okabe and Ito, which the colour-blind can tell apart, darker or lighter where the ground
/// asks for contrast; fonts of the system, light and dark, screen and paper. Nothing in it points outside the page.
enum PageStyle {
  /// The style sheet, without characters that would have to be escaped.
  static let text = """
    :root {
      --paper: #ffffff; --card: #ffffff; --ink: #16181d; --soft: #50555e; --grid: #dcdfe4; --rule: #b9bec7;
      --bar: #d5e6f1; --hold: #fff3d6; --blue: #0072b2; --red: #d55e00; --green: #009e73; --pink: #c0629a;
      --orange: #c27c00; --sky: #3a94cc;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #14161a; --card: #1b1e24; --ink: #eceef2; --soft: #b3b8c2; --grid: #343942; --rule: #59606c;
        --bar: #23465c; --hold: #3b3422; --blue: #4da3d8; --red: #f07f2e; --green: #2cc295; --pink: #dd97bd;
        --orange: #e69f00; --sky: #56b4e9;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif;
      overflow-wrap: anywhere;
    }
    .market { margin: 0; color: var(--soft); }
    h1 { margin: .1rem 0 1rem; font-size: 1.35rem; line-height: 1.3; font-weight: 600; }
    h2 { margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 2px solid var(--ink); font-size: 1.25rem; }
    h3 { margin: 0; font-size: 1.05rem; line-height: 1.3; }
    .answer { margin: 0 0 1.25rem; font-size: clamp(1.2rem, 1rem + 1.2vw, 1.75rem); line-height: 1.35; font-weight: 600; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: .75rem; margin: 0; }
    .figures div { padding: .7rem .9rem; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; }
    .figures dt { color: var(--soft); font-size: .9rem; }
    .figures dd { margin: 0; }
    .figures strong { display: block; font-size: 1.4rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
    .figures span { color: var(--soft); font-size: .9rem; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1rem; }
    figure {
      margin: 0; padding: .9rem 1rem; min-width: 0; background: var(--card); border: 1px solid var(--rule);
      border-radius: 6px; break-inside: avoid;
    }
    .panel { margin: .6rem 0 .1rem; font-size: .9rem; font-weight: 600; }
    .unit { margin: .1rem 0 .5rem; color: var(--soft); font-size: .85rem; }
    figcaption { margin-top: .5rem; color: var(--soft); font-size: .85rem; line-height: 1.4; }
    .legend { display: flex; flex-wrap: wrap; gap: .15rem .9rem; margin: 0 0 .5rem; padding: 0; list-style: none; font-size: .85rem; }
    .legend svg { margin-right: .35rem; vertical-align: -2px; }
    .note { color: var(--soft); font-style: italic; }
    svg { display: block; overflow: visible; color: var(--ink); font-size: 12px; }
    svg.key { display: inline-block; }
    svg.at { overflow: visible; }
    svg.curves { overflow: hidden; }
    svg text { fill: var(--ink); stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; font-variant-numeric: tabular-nums; }
    svg .tick, svg .quadrant { fill: var(--soft); font-size: 11px; }
    svg .name { font-size: 13px; unicode-bidi: isolate; }
    svg .figure { font-size: 13px; font-weight: 600; }
    .ink { color: var(--ink); } .c0 { color: var(--blue); } .c1 { color: var(--red); } .c2 { color: var(--green); }
    .c3 { color: var(--pink); } .c4 { color: var(--orange); } .c5 { color: var(--sky); }
    .grid { stroke: var(--grid); } .axis { stroke: var(--rule); } .zero { stroke: var(--ink); stroke-width: 1.5px; }
    .reference { stroke: var(--soft); stroke-dasharray: 4 4; }
    .bar { stroke: var(--ink); stroke-width: 1px; fill: var(--bar); }
    .bar.baseline { fill: var(--hold); stroke-width: 2.5px; }
    .bar.perfect { fill: none; stroke-dasharray: 4 3; }
    .bar.step { fill: none; }
    .interval { stroke: var(--ink); stroke-width: 2px; }
    .solid { fill: currentColor; stroke: var(--card); stroke-width: 1px; }
    .hollow { fill: var(--card); stroke: currentColor; stroke-width: 2px; }
    .curve { fill: none; stroke: currentColor; stroke-width: 2px; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
    .band { fill: currentColor; fill-opacity: .16; stroke: none; }
    .d1 { stroke-dasharray: 7 3; } .d2 { stroke-dasharray: 2 3; } .d3 { stroke-dasharray: 9 3 2 3; } .d4 { stroke-dasharray: 12 4; }
    .dots { stroke-dasharray: 4 4; stroke-width: 1.5px; }
    .wide { margin: 0 0 1.75rem; overflow-x: auto; }
    .wide:focus-visible { outline: 2px solid var(--blue); }
    table { border-collapse: collapse; font-size: .85rem; line-height: 1.35; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
    caption { padding-bottom: .4rem; text-align: left; color: var(--soft); font-size: .9rem; }
    caption strong { color: var(--ink); font-size: 1.05rem; }
    th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--grid); text-align: left; vertical-align: top; }
    thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom; font-weight: 600; }
    tbody th { font-weight: 600; min-width: 8rem; max-width: 20rem; overflow-wrap: break-word; }
    td { max-width: 24rem; overflow-wrap: break-word; }
    .number { text-align: right; white-space: nowrap; }
    thead .number { white-space: normal; }
    tr.baseline { background: var(--hold); }
    .guide { margin: 0; }
    .guide div { display: grid; grid-template-columns: minmax(min(100%, 12rem), 1fr) 4fr; gap: 0 1rem; padding: .35rem 0; border-bottom: 1px solid var(--grid); }
    .guide dt { font-weight: 600; }
    .guide dd { margin: 0; }
    @media (max-width: 40rem) { .guide div { display: block; } }
    @media print {
      @page { size: A4 landscape; margin: 12mm; }
      html { font-size: 11px; }
      body { max-width: none; padding: 0; font-size: 12px; }
      h2 { margin-top: 1rem; }
      .answer { font-size: 19px; }
      .charts { grid-template-columns: 1fr 1fr 1fr; zoom: .8; }
      h3 { font-size: 15px; }
      .panel, .unit, .legend, figcaption { font-size: 12px; }
      .wide { overflow: visible; }
      table { font-size: 9px; }
      th, td { padding: 1pt 3pt; }
      tbody th { min-width: 0; }
      tr, .figures div { break-inside: avoid; }
      h2 { break-after: avoid; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
