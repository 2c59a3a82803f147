/* page.h -- style and script of the report: one file, no fetch, readable without the script. */
#ifndef PAGE_H
#define PAGE_H

static const char page_style[] =
	":root{color-scheme:light "
	"dark;--ink:#1c1c1e;--paper:#fff;--line:#d9d9de;--soft:#f4f4f7;--mute:#62626a;--link:#"
	"0b57a4}\n"
	"@media "
	"(prefers-color-scheme:dark){:root{--ink:#e6e6ea;--paper:#16171a;--line:#3a3b41;--soft:"
	"#212226;--mute:#a2a2ab;"
	"--link:#7db7f0}figure svg{filter:invert(.91) hue-rotate(180deg)}}\n"
	"*{box-sizing:border-box}body{margin:0 "
	"auto;padding:1.2rem;max-width:78rem;background:var(--paper);color:var(--ink);"
	"font:16px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}\n"
	"h1{font-size:1.7rem;margin:.2rem 0}h2{font-size:1.25rem;margin:2.2rem 0 "
	".6rem;border-bottom:1px solid var(--line);"
	"padding-bottom:.2rem}a{color:var(--link)}nav{margin:1rem 0}nav "
	"a{display:inline-block;margin-right:1rem}\n"
	"p.note,figcaption{color:var(--mute);font-size:.9rem}pre{background:var(--soft);"
	"padding:.7rem;overflow-x:auto;"
	"white-space:pre-wrap;overflow-wrap:anywhere;border-radius:4px}\n"
	".wide{overflow-x:auto;margin:1rem "
	"0}table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}"
	"caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{padding:.22rem "
	".6rem;text-align:left;white-space:nowrap;"
	"border-bottom:1px solid "
	"var(--line)}th{background:var(--soft);position:sticky;top:0}th "
	"button{font:inherit;color:inherit;"
	"background:none;border:0;padding:0;cursor:pointer}th[aria-sort=ascending] "
	"button:after{content:' \\25B2'}"
	"th[aria-sort=descending] button:after{content:' \\25BC'}.n{text-align:right}tbody "
	"tr:hover{background:var(--soft)}\n"
	"figure{margin:1.4rem 0;overflow-x:auto}figure "
	"svg{display:block;max-width:100%;height:auto;min-width:34rem}"
	"details{margin:.6rem 0}summary{cursor:pointer}ul.warn li{margin:.25rem "
	"0}dl{display:grid;grid-template-columns:max-content 1fr;"
	"gap:.15rem 1rem;margin:.6rem "
	"0}dt{color:var(--mute)}dd{margin:0;overflow-wrap:anywhere}\n"
	"@media "
	"(max-width:40rem){body{padding:.7rem;font-size:15px}dl{grid-template-columns:1fr}dt{"
	"margin-top:.3rem}}\n"
	"@media print{body{max-width:none;font-size:10pt}nav,th "
	"button:after{display:none}figure,tr{break-inside:avoid}"
	".wide,figure{overflow:visible}figure "
	"svg{min-width:0;filter:none}a{color:inherit;text-decoration:none}"
	"details>*{display:block}}\n";

/* A click on a head sorts by its column: numbers by data-v (unknown last), words by text. */
static const char page_script[] =
	"document.querySelectorAll('th').forEach(function(th){var "
	"b=document.createElement('button');"
	"b.type='button';b.textContent=th.textContent;th.textContent='';th.appendChild(b);"
	"b.onclick=function(){var "
	"t=th.closest('table'),k=th.cellIndex,up=th.getAttribute('aria-sort')!=='ascending';"
	"var v=function(r){var c=r.cells[k],x=c.dataset.v;return x===undefined?c.textContent:"
	"x==='nan'||x==='-nan'?NaN:x==='inf'?Infinity:x==='-inf'?-Infinity:+x};"
	"var rows=Array.from(t.tBodies[0].rows).sort(function(p,q){var a=v(p),b=v(q);"
	"if(a!==a||b!==b)return(a!==a)-(b!==b);return(a<b?-1:a>b?1:0)*(up?1:-1)});"
	"rows.forEach(function(r){t.tBodies[0].appendChild(r)});"
	"t.querySelectorAll('th').forEach(function(o){o.removeAttribute('aria-sort')});"
	"th.setAttribute('aria-sort',up?'ascending':'descending')}});";

#endif
