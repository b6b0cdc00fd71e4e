// What the pages do beyond HTML. Everything here is comfort: without it every page and form still works.
// Turbo has started itself (lib/turbo.js stands before this file).

// Whoever submits a form or follows a link before the last answer has come has changed their mind: Turbo gives that one up, and nothing is wrong.
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "AbortError") event.preventDefault();
});

// Shortcuts: a field with data-shortcut="/" takes the focus when the key is pressed outside of a field; a link is followed.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("a")) return target.click();
  target.focus();
  target.select?.();
});

// Escape leaves the search box, so that shortcuts work again.
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-shortcut]")) event.target.blur();
});

// The theme changes at once; the form then tells the server, which renders it from the next page on.
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-switch]")) return;
  const theme = event.submitter?.value;
  if (!theme) return;
  document.documentElement.dataset.bsTheme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) button.setAttribute("aria-pressed", button.value === theme);
}, true);

// While a form is on its way nothing around it can be pressed or typed: a second form would overtake the first, and the page that
// answers would sweep away what was typed meanwhile. It ends when the answer is shown, or fails to come.
const busy = new Set();
const release = () => {
  for (const part of busy) part.inert = false;
  busy.clear();
};
addEventListener("turbo:submit-start", ({ target, detail: { formSubmission } }) => {
  if (formSubmission.isSafe) return;
  const part = target.closest("turbo-frame, main") ?? target;
  part.inert = true;
  busy.add(part);
});
addEventListener("turbo:submit-end", ({ detail }) => {
  const answer = detail.fetchResponse;
  const isPage = answer?.contentType?.startsWith("text/html") && (answer.redirected || !answer.succeeded);
  if (!isPage) release();
});
for (const shown of ["turbo:render", "turbo:frame-render", "turbo:before-cache", "pageshow"]) addEventListener(shown, release);

// Turbo swaps the page silently; screen readers are told its title, as after a full load.
let shown = location.href;
addEventListener("turbo:load", () => {
  if (location.href === shown) return;
  shown = location.href;
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = document.title;
});

// A part of a page that shows work under way (data-live: its address) is asked for again every second, while somebody looks, until the work is done.
setInterval(() => {
  if (document.hidden) return;
  for (const frame of document.querySelectorAll("turbo-frame[data-live]")) {
    if (frame.hasAttribute("busy")) continue;
    if (frame.src) frame.reload();
    else frame.src = frame.dataset.live;
  }
}, 1000);

// What a frame shows anew says itself whether there is still something to wait for.
addEventListener("turbo:before-frame-render", ({ target, detail }) => {
  if (!target.hasAttribute("data-live")) return;
  const live = detail.newFrame.getAttribute("data-live");
  if (live) target.dataset.live = live;
  else target.removeAttribute("data-live");
});

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { position: relative; }
  #plot { position: absolute; inset: 0; }
  i { display: none; }
  ${["ink", "ink-soft", "line", "surface", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6"]
    .map((name) => `i.${name} { color: var(--${name}); }`).join("\n")}
`);

// <regard-chart data-chart="{categories, series, unit, stacked, horizontal}" data-echarts="address of the library">
// Draws in a shadow root, which survives swaps of the page around it, and only once it comes into view.
class RegardChart extends HTMLElement {
  static observedAttributes = ["data-chart"];
  #chart;
  #observers = [];
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #reduced = matchMedia("(prefers-reduced-motion: reduce)");
  #draw = () => this.#chart?.setOption(this.#option(), true);

  connectedCallback() {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("div"));
      root.firstChild.id = "plot";
    }
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      this.#start();
    }, { rootMargin: "200px" });
    seen.observe(this);
    const sized = new ResizeObserver(() => {
      this.#chart?.resize();
      this.#draw();
    });
    sized.observe(this);
    const themed = new MutationObserver(this.#draw);
    themed.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    this.#dark.addEventListener("change", this.#draw);
    this.#observers = [seen, sized, themed];
  }

  disconnectedCallback() {
    for (const observer of this.#observers) observer.disconnect();
    this.#dark.removeEventListener("change", this.#draw);
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  attributeChangedCallback() {
    this.#draw();
  }

  async #start() {
    const { init } = await import(this.dataset.echarts);
    if (!this.isConnected || this.#chart) return;
    this.#chart = init(this.shadowRoot.getElementById("plot"));
    this.#draw();
  }

  // Custom properties that hold light-dark() cannot be read; the colour of an element that uses them can.
  #colour(name) {
    const probe = document.createElement("i");
    probe.className = name;
    this.shadowRoot.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  #option() {
    const { categories, series, unit, stacked, horizontal } = JSON.parse(this.dataset.chart);
    const [ink, soft, line, surface] = ["ink", "ink-soft", "line", "surface"].map((name) => this.#colour(name));
    const font = getComputedStyle(this).fontFamily;
    const text = { color: soft, fontFamily: font, fontSize: 12 };
    const write = (value) => {
      if (value == null) return "–";
      const number = Number(value).toLocaleString("en", { maximumFractionDigits: 2 }).replace("-", "−");
      if (!unit) return number;
      return "€£$¥".includes(unit) ? (number.startsWith("−") ? `−${unit}${number.slice(1)}` : unit + number) : `${number}\u00a0${unit}`;
    };
    const few = categories.length <= 12;
    const room = (this.clientWidth - 70) / categories.length - 6;
    const slanted = !horizontal && few && room < 70;
    const names = {
      type: "category",
      data: categories,
      inverse: horizontal,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: { ...text, interval: few ? 0 : "auto", hideOverlap: !few, rotate: slanted ? 40 : 0, width: horizontal ? 140 : slanted ? 80 : few ? room : undefined, overflow: horizontal || slanted ? "truncate" : "break" },
    };
    const numbers = { type: "value", axisLabel: { ...text, formatter: write, hideOverlap: true }, splitLine: { lineStyle: { color: line } } };
    const round = horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0];
    return {
      animation: !this.#reduced.matches,
      animationDuration: 300,
      color: [1, 2, 3, 4, 5, 6].map((n) => this.#colour(`chart-${n}`)),
      textStyle: text,
      grid: { left: 4, right: 16, top: series.length > 1 ? 40 : 12, bottom: 4, containLabel: true },
      legend: series.length > 1 ? { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, textStyle: { ...text, color: ink } } : undefined,
      // richText draws on the canvas: the default tooltip is HTML with style attributes, which our CSP forbids.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: surface, borderColor: line, textStyle: { ...text, color: ink }, valueFormatter: write, axisPointer: { type: "line", lineStyle: { color: soft } } },
      xAxis: horizontal ? numbers : names,
      yAxis: horizontal ? names : numbers,
      series: series.map(({ name, values, shape }, index) => ({
        name,
        type: shape,
        data: values,
        stack: stacked ? "all" : undefined,
        barMaxWidth: 36,
        smooth: false,
        symbolSize: 6,
        lineStyle: { width: 2.5, type: index % 2 ? "dashed" : "solid" },
        itemStyle: shape === "bar" && !stacked ? { borderRadius: round } : undefined,
      })),
    };
  }
}

customElements.get("regard-chart") ?? customElements.define("regard-chart", RegardChart);
