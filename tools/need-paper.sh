#!/bin/sh
# Papers are set in Noto CJK, and the tests look at them with poppler; root may install both.
set -eu

missing=''
ls /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc >/dev/null 2>&1 || missing='fonts-noto-cjk'
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "测试打印件需要中文字体和 poppler，请由管理员执行：apt-get install $missing" >&2
    exit 1
fi
echo "没有找到 $missing，正在安装 Debian 的软件包……"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 — two packages, two words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
