"""Originals to pages as the sites of Chinese governments publish them, chrome included."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from string import Template

from eval.fidelity.blocks import Block, Grid, GridCell, Role
from eval.fidelity.built import Built
from eval.fidelity.originals import Original

_PAGE = Template("""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>${title}_门户网站</title>
<meta name="ArticleTitle" content="$title" />
<meta name="PubDate" content="2024-01-05 09:30" />
<meta name="ContentSource" content="办公室" />
<style>.Custom_UnionStyle{line-height:2em}</style>
<script>var siteId="17"; function share(){ document.write('<p>分享成功。</p>'); }</script>
</head><body>
<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/fw/">政务服务</a></li><li><a href="/hd/">互动交流</a></li>
<li><a href="/sj/">数据开放</a></li><li><a href="javascript:;">长者助手</a></li></ul>
<form><input type="text" value="请输入关键字" /><button>搜索</button></form></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="#">政策文件</a></div>
<table width="1000" align="center"><tr><td width="240" valign="top">
<div class="sidebar"><h3>信息公开目录</h3><ul>$side</ul></div></td>
<td valign="top"><div class="xxgk_head"><table class="table_key">
<tr><td>索 引 号：</td><td>00000000-1/2024-00001</td><td>信息分类：</td><td>教育 / 通知</td></tr>
<tr><td>发布机构：</td><td>办公室</td><td>生成日期：</td><td>2024-01-05</td></tr></table></div>
<div class="article"><div class="info"><span>发布时间：2024-01-05</span><span>浏览次数：<i id="hits">1</i></span>
<span>【字体：<a href="javascript:f(16)">大</a> <a href="javascript:f(14)">中</a> <a href="javascript:f(12)">小</a>】</span></div>
<div id="zoom" class="TRS_Editor"><div class="Custom_UnionStyle">
$body
</div></div>
<div class="share"><a href="#">分享到：</a><a href="#">微信</a><a href="#">微博</a> <a href="javascript:print()">打印本页</a>
<a href="javascript:close()">关闭窗口</a></div>
<div style="display: none">版本记录：第 3 次修改。</div>
<div class="related"><h4>相关文档</h4><ul>$side</ul></div></div></td></tr></table>
<div class="footer"><p>主办：办公室　承办：信息中心　技术支持：信息中心</p>
<p>网站标识码：0000000000　ICP备00000000号　联系电话：000-0000000</p></div>
<script src="/count.js"></script><noscript>请打开脚本。</noscript>
</body></html>
""")
_SIDE = (
    "关于做好年度统计工作的通知",
    "关于公布考试时间安排的公告",
    "关于征集意见建议的函",
    "部门预算公开情况说明",
    "领导信息",
    "机构职能",
)
_STYLES = {
    Role.ORGAN: "text-align:center;color:red;font-size:26pt",
    Role.NUMBER: "text-align:center",
    Role.TITLE: "text-align:center;font-weight:bold",
    Role.SIGNATURE: "text-align:right",
}
_INDENT = "\u3000\u3000"


def build_html(original: Original) -> Built:
    """Publish an original as a page in the encoding such pages declare."""
    side = "".join(f'<li><a href="/a{n}.html">{text}</a></li>' for n, text in enumerate(_SIDE))
    page = _PAGE.substitute(
        title=escape(original.title),
        side=side,
        body="\n".join(part for block in original.blocks for part in _markup(block)),
    )
    return Built(page.encode("gb18030"))


def _markup(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        rows = ("".join(map(_cell, filter(None, row))) for row in block.rows)
        yield '<table border="1" cellspacing="0"><tbody>'
        yield from (f"<tr>{row}</tr>" for row in rows)
        yield "</tbody></table>"
        return
    style = _STYLES.get(block.role)
    if style:
        yield f'<p style="{style}"><span style="font-family:宋体">{escape(block.text)}</span></p>'
    elif block.role is Role.HEADING:
        yield f"<p>{_INDENT}<strong>{escape(block.text)}</strong>&nbsp;</p>"
    else:
        yield f"<p>{_INDENT}{_spans(block.text)}</p>"


def _spans(text: str) -> str:
    """Split a paragraph into spans the way editors leave them."""
    middle = len(text) // 2
    return f"<span>{escape(text[:middle])}</span><span>{escape(text[middle:])}</span>"


def _cell(cell: GridCell) -> str:
    merged = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", cell.rows), ("colspan", cell.columns))
        if count > 1
    )
    return f"<td{merged}><p>{escape(cell.text)}</p></td>"
