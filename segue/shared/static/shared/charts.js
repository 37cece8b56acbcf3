// Charts: reads ECharts options from <script type="application/json"> and draws them in the colours of the stylesheet.
// SVG, and tooltips drawn inside it (renderMode "richText"), because HTML tooltips would need inline styles, which the policy forbids.
"use strict";

(() => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  let printing = false;

  const axis = (ink, line) => ({
    axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } },
    axisLabel: { color: ink, fontSize: 13 }, nameTextStyle: { color: ink, fontSize: 13 }, splitLine: { lineStyle: { color: colour("--line") } },
  });

  function theme() {
    const ink = colour("--ink"), soft = colour("--ink-soft"), line = colour("--line-strong");
    const axes = axis(soft, line);
    return {
      color: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`--series-${number}`)),
      backgroundColor: "transparent",
      textStyle: { color: ink, fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--sans") },
      title: { textStyle: { color: ink } }, legend: { textStyle: { color: ink, fontSize: 13 }, itemHeight: 10 },
      categoryAxis: axes, valueAxis: axes, logAxis: axes, timeAxis: axes,
      visualMap: { textStyle: { color: soft }, inRange: { color: [colour("--sunk"), colour("--series-1")] } },
      radar: {
        axisName: { color: ink, fontSize: 13 }, axisLine: { lineStyle: { color: line } }, splitArea: { show: false },
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      bar: { barMaxWidth: 36 }, line: { symbolSize: 7 },
      tooltip: { backgroundColor: colour("--sheet"), borderColor: line, textStyle: { color: ink, fontSize: 13 } },
    };
  }

  // A string such as "--good" anywhere in the options is a colour of the stylesheet.
  const named = (value) => {
    if (typeof value === "string") return /^--[a-z0-9-]+$/.test(value) ? colour(value) : value;
    if (Array.isArray(value)) return value.map(named);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]));
    return value;
  };

  function draw(box) {
    const source = document.getElementById(box.dataset.chart);
    if (!source) return;
    drawn.get(box)?.dispose();
    const size = printing ? { width: 660, height: 300 } : {};
    const chart = echarts.init(box, theme(), { renderer: "svg", ...size });
    const options = named(JSON.parse(source.textContent));
    options.tooltip = { confine: true, ...options.tooltip, renderMode: "richText" };
    options.animation = !printing && !calm.matches && options.animation !== false;
    chart.setOption(options);
    drawn.set(box, chart);
    scalable(box, chart);
  }

  // With a viewBox the picture shrinks with its box on paper, where nobody can resize it.
  function scalable(box, chart) {
    box.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  }

  const all = () => document.querySelectorAll("[data-chart]");
  const redraw = () => all().forEach(draw);
  const sizes = new ResizeObserver((entries) => {
    if (printing) return;
    for (const { target } of entries) {
      const chart = drawn.get(target);
      if (!chart || (chart.getWidth() === target.clientWidth && chart.getHeight() === target.clientHeight)) continue;
      chart.resize();
      scalable(target, chart);
    }
  });
  const start = () => all().forEach((box) => { if (!drawn.has(box)) { draw(box); sizes.observe(box); } });

  start();
  document.addEventListener("htmx:after:swap", () => {
    for (const [box, chart] of drawn) if (!box.isConnected) { chart.dispose(); sizes.unobserve(box); drawn.delete(box); }
    start();
  });
  document.addEventListener("segue:theme", redraw);
  night.addEventListener("change", redraw);
  // Paper is light, whatever the screen is.
  const root = document.documentElement;
  let before;
  addEventListener("beforeprint", () => {
    printing = true;
    before = root.dataset.theme;
    root.dataset.theme = "light";
    redraw();
  });
  addEventListener("afterprint", () => {
    printing = false;
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
    redraw();
  });
})();
